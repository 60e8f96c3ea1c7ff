using KretPool.Topology;

namespace KretPool.Pools;

/// <summary>
/// Hits, misses and returns, counted per CPU so that threads on different CPUs do not share a line. A thread may migrate
/// between reading the CPU's id and counting, hence the interlocked increment; it stays uncontended nearly always.
/// </summary>
internal sealed class RentCounter
{
    // Two lines apart, because processors prefetch lines in pairs. The first cell pads the array's length, which every
    // access reads.
    private const int CellLength = 128 / sizeof(long);
    private const int Hits = CellLength;
    private const int Misses = CellLength + 1;
    private const int Returns = CellLength + 2;

    private readonly int _cpuCount;
    private readonly long[] _cells;

    public RentCounter(CpuTopology topology)
    {
        var present = CpuSet.Parse(topology.PresentCpus);
        _cpuCount = present.Count == 0 ? Environment.ProcessorCount : present[^1] + 1;
        _cells = new long[(_cpuCount + 1) * CellLength];
    }

    /// <summary>How many objects are out.</summary>
    public int OutCount => (int)Math.Max(0, Sum(Hits) - Sum(Returns));

    public void CountRent(int hits, bool missed)
    {
        int cell = Cell;
        Interlocked.Add(ref _cells[cell + Hits], hits);
        if (missed)
        {
            Interlocked.Increment(ref _cells[cell + Misses]);
        }
    }

    public void CountReturn() => Interlocked.Increment(ref _cells[Cell + Returns]);

    public PoolStatistics Read() => new(Sum(Hits), Sum(Misses), Steals: null, RemoteRents: null)
    {
        PerCpu =
        [
            .. from cpu in Enumerable.Range(0, _cpuCount)
               let hits = ReadCell(cpu, Hits)
               let misses = ReadCell(cpu, Misses)
               where hits + misses > 0
               select new PoolCpuStatistics(cpu, hits, misses, Steals: null, RemoteRents: null),
        ],
    };

    private long Sum(int counter) => Enumerable.Range(0, _cpuCount).Sum(cpu => ReadCell(cpu, counter));

    private long ReadCell(int cpu, int counter) => Volatile.Read(ref _cells[(cpu * CellLength) + counter]);

    // A CPU that was not present when the topology was read counts with another.
    private int Cell => Thread.GetCurrentProcessorId() % _cpuCount * CellLength;
}
