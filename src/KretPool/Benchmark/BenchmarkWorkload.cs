namespace KretPool.Benchmark;

/// <summary>What each thread does, again and again, while an iteration is measured.</summary>
/// <remarks>
/// An operation is a rent that got an object and its return. A rent that found none is a miss and no operation. The
/// objects themselves are never read or written, as in the published queue tests.
/// </remarks>
public enum BenchmarkWorkload
{
    /// <summary>Rent one object and return it at once.</summary>
    NonBlocking,

    /// <summary>Rent a row of objects, one call each, then return them, one call each, in the order they came.</summary>
    Bulk,

    /// <summary>Rent a row of objects with one call, then return them with one call.</summary>
    BulkCall,

    /// <summary>
    /// The same as <see cref="Bulk"/>, with far fewer objects than the threads try to hold at once, so that most rents
    /// find none.
    /// </summary>
    Miss,

    /// <summary>Rent one object, or a row of them where a bulk size is given, sleep for the hold time, return what was
    /// rented. On a miss the thread sleeps as well.</summary>
    Blocking,

    /// <summary>
    /// Rent one object, run the probed routine, return it, as a kretprobe does around a probed function. On a miss the
    /// routine runs as well.
    /// </summary>
    Probe,
}
