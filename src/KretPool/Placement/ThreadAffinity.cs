using KretPool.Topology;

namespace KretPool.Placement;

/// <summary>
/// Pins the calling thread to CPUs until it is disposed, on the same thread. Linux: <c>sched_setaffinity</c>, any CPU
/// id. Windows: <c>SetThreadGroupAffinity</c>, within one processor group. macOS has no such thing.
/// </summary>
/// <remarks>What the system made of the request is read back: see <see cref="Effective"/>. A refusal is told, not thrown,
/// because a measurement that runs unpinned is still one, as long as it says so. Not safe for several threads at once.</remarks>
public sealed class ThreadAffinity : IDisposable
{
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly IAffinitySystem _system;
    private readonly CpuSet? _before;
    private bool _disposed;

    private ThreadAffinity(IAffinitySystem system, CpuSet cpus)
    {
        _system = system;
        Requested = cpus;
        Thread.BeginThreadAffinity();
        _before = system.Get(out string? problem);
        if (problem is null)
        {
            system.Set(cpus, out problem);
        }

        Effective = system.Get(out _) ?? CpuSet.Empty;
        Problem = problem ?? (Effective.Equals(cpus) ? null : $"The system keeps the thread on CPUs {Effective}, not on {cpus}.");
    }

    /// <summary>The CPUs that were asked for.</summary>
    public CpuSet Requested { get; }

    /// <summary>The CPUs that the system lets the thread run on, read back; empty if it cannot tell.</summary>
    public CpuSet Effective { get; }

    /// <summary>Whether the thread runs on the CPUs that were asked for and no others.</summary>
    public bool Succeeded => Problem is null;

    /// <summary>Why the thread does not run where it was asked to; null if it does.</summary>
    public string? Problem { get; }

    /// <summary>Pins the calling thread.</summary>
    /// <param name="cpus">The CPUs that it may run on.</param>
    /// <returns>What came of it. Dispose it on the same thread to restore the affinity that the thread had.</returns>
    /// <exception cref="ArgumentException">The set is empty.</exception>
    public static ThreadAffinity Pin(CpuSet cpus)
    {
        ArgumentNullException.ThrowIfNull(cpus);
        return cpus.Count > 0
            ? new(AffinitySystem.Current, cpus)
            : throw new ArgumentException("A thread needs at least one CPU to run on.", nameof(cpus));
    }

    /// <summary>The CPUs that the calling thread may run on.</summary>
    /// <returns>The CPUs; null if the system cannot tell.</returns>
    public static CpuSet? OfCurrentThread() => AffinitySystem.Current.Get(out _);

    /// <summary>Restores the affinity that the thread had. Does nothing the second time.</summary>
    /// <exception cref="InvalidOperationException">Called on another thread than <see cref="Pin"/>.</exception>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        if (Environment.CurrentManagedThreadId != _thread)
        {
            throw new InvalidOperationException("An affinity is restored by the thread that was pinned, not by another one.");
        }

        _disposed = true;
        if (_before is not null)
        {
            _system.Set(_before, out _);
        }

        Thread.EndThreadAffinity();
    }
}
