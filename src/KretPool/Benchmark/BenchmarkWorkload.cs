using System.ComponentModel;

namespace KretPool.Benchmark;

/// <summary>What each thread does, again and again, while an iteration is measured.</summary>
/// <remarks>
/// An operation is a rent that got an object and its return. A rent that found none is a miss and no operation. The
/// objects themselves are never read or written, as in the published queue tests.
/// </remarks>
public enum BenchmarkWorkload
{
    /// <summary>Rent one object and return it at once.</summary>
    [Description("Rents one object and returns it at once.")]
    NonBlocking,

    /// <summary>Rent a row of objects, one call each, then return them, one call each, in the order they came.</summary>
    [Description("Rents a row of objects, one call each, then returns them, one call each.")]
    Bulk,

    /// <summary>Rent a row of objects with one call, then return them with one call.</summary>
    [Description("Rents a row of objects with one call, then returns them with one call.")]
    BulkCall,

    /// <summary>
    /// The same as <see cref="Bulk"/>, with far fewer objects than the threads try to hold at once, so that most rents
    /// find none.
    /// </summary>
    [Description("Bulk with far fewer objects than the threads try to hold, so that most rents find none.")]
    Miss,

    /// <summary>Rent one object, or a row of them where a bulk size is given, sleep for the hold time, return what was
    /// rented. On a miss the thread sleeps as well.</summary>
    [Description("Rents one object, or a row of them with a bulk size, sleeps for the hold time, returns what was rented.")]
    Blocking,

    /// <summary>
    /// Rent one object, run the probed routine, return it, as a kretprobe does around a probed function. On a miss the
    /// routine runs as well.
    /// </summary>
    [Description("Rents one object, runs the probed routine, returns it, as a kretprobe does.")]
    Probe,
}
