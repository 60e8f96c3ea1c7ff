using System.Globalization;
using KretPool.Placement;
using KretPool.Topology;

namespace KretPool.Benchmark;

/// <summary>The conditions that the kinds of a block share.</summary>
public sealed record BenchmarkConditions
{
    /// <summary>What each thread does.</summary>
    public required BenchmarkWorkload Workload { get; init; }

    /// <summary>Threads that rent and return.</summary>
    public required int ThreadCount { get; init; }

    /// <summary>Objects in the pool.</summary>
    public required int Capacity { get; init; }

    /// <summary>Bytes of each object; 0 for a managed object without a payload.</summary>
    public required int ObjectSize { get; init; }

    /// <summary>Objects that a thread rents in a row.</summary>
    public required int BulkSize { get; init; }

    /// <summary>How threads are laid over CPUs.</summary>
    public required PlacementStrategy Placement { get; init; }

    /// <summary>The CPUs that each thread is to be pinned to; null for a thread that is not to be pinned.</summary>
    public required IReadOnlyList<CpuSet?> ThreadCpus { get; init; }

    /// <summary>Where the memory of the objects comes from.</summary>
    public required MemoryPolicy MemoryPolicy { get; init; }

    /// <summary>What runs with an object in hand; null unless the workload is Probe.</summary>
    public ProbedRoutine? ProbedRoutine { get; init; }

    /// <summary>How long a thread sleeps with an object in hand; null unless the workload is Blocking.</summary>
    public TimeSpan? HoldTime { get; init; }

    /// <summary>How often an interrupter wakes on each thread's CPU; null for none.</summary>
    public TimeSpan? InterruptInterval { get; init; }

    /// <summary>Whether the trial ends with closing the pool while objects are out.</summary>
    public bool CloseWhileOut { get; init; }

    /// <summary>All CPUs that threads are to be pinned to; empty if none is.</summary>
    public CpuSet Cpus => CpuSet.From(ThreadCpus.SelectMany(cpus => cpus ?? CpuSet.Empty));

    /// <summary>The same without the time that passes with an object in hand, but for the least of it.</summary>
    internal BenchmarkConditions WithoutWaiting() => this with
    {
        HoldTime = HoldTime is null ? null : TimeSpan.Zero,
        ProbedRoutine = ProbedRoutine?.Turns is null ? ProbedRoutine : ProbedRoutine.Spin(1),
    };

    /// <summary>The conditions in words.</summary>
    /// <returns>For example <c>NonBlocking, 4 threads on CPU 0-3 (Compact), 64 objects</c>.</returns>
    public override string ToString()
    {
        var where = Cpus;
        IEnumerable<string?> parts =
        [
            Workload.ToString(),
            ProbedRoutine is null ? null : $"routine {ProbedRoutine}",
            HoldTime is null ? null : Text($"hold {HoldTime.Value.TotalMilliseconds} ms"),
            Text($"{ThreadCount} {(ThreadCount == 1 ? "thread" : "threads")} ")
                + (where.Count == 0 ? "not pinned" : $"on CPU {where} ({Placement})"),
            Text($"{Capacity} {(Capacity == 1 ? "object" : "objects")}")
                + (ObjectSize == 0 ? "" : Text($" of {ObjectSize} bytes"))
                + (MemoryPolicy == MemoryPolicy.Default ? "" : $" ({MemoryPolicy})"),
            BulkSize == 1 ? null : Text($"{BulkSize} in a row"),
            InterruptInterval is null ? null : Text($"interrupted every {InterruptInterval.Value.TotalMilliseconds} ms"),
            CloseWhileOut ? "closed while objects are out" : null,
        ];
        return string.Join(", ", parts.Where(part => part is not null));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
