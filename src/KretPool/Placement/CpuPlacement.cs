using System.Globalization;
using KretPool.Topology;

namespace KretPool.Placement;

/// <summary>Chooses CPUs for threads. Safe to use from several threads at once.</summary>
public static class CpuPlacement
{
    /// <summary>Chooses a CPU for each thread, among those the process may run on.</summary>
    /// <param name="topology">The machine.</param>
    /// <param name="strategy">The order that CPUs are taken in.</param>
    /// <param name="threadCount">How many threads: from 1 to <see cref="MaxThreads"/>.</param>
    /// <param name="within">CPUs to choose among; all if null.</param>
    /// <returns>A CPU id for each thread, none twice; empty for <see cref="PlacementStrategy.None"/>. A smaller count gives
    /// the beginning of the same list.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer places than threads; the message says how many.</exception>
    public static IReadOnlyList<int> Choose(
        CpuTopology topology, PlacementStrategy strategy, int threadCount, CpuSet? within = null)
    {
        ArgumentNullException.ThrowIfNull(topology);
        ArgumentOutOfRangeException.ThrowIfLessThan(threadCount, 1);
        if (strategy == PlacementStrategy.None)
        {
            return [];
        }

        var order = Order(topology, strategy, within);
        return threadCount <= order.Count
            ? order.GetRange(0, threadCount)
            : throw TooMany(threadCount, $"placement {strategy} has room for {order.Count}{Among(within)}");
    }

    /// <summary>How many threads a placement has room for.</summary>
    /// <param name="topology">The machine.</param>
    /// <param name="strategy">The order that CPUs are taken in.</param>
    /// <param name="within">CPUs to choose among; all if null.</param>
    /// <returns>The number; <see cref="int.MaxValue"/> for <see cref="PlacementStrategy.None"/>.</returns>
    public static int MaxThreads(CpuTopology topology, PlacementStrategy strategy, CpuSet? within = null)
    {
        ArgumentNullException.ThrowIfNull(topology);
        return strategy == PlacementStrategy.None ? int.MaxValue : Order(topology, strategy, within).Count;
    }

    /// <summary>Takes CPUs from an explicit list, in its order. The list may name CPUs outside the process's affinity
    /// and isolated ones, which a thread can be pinned to; not offline ones, nor those that a cgroup hides.</summary>
    /// <param name="topology">The machine.</param>
    /// <param name="cpus">CPU ids.</param>
    /// <param name="threadCount">How many threads: from 1 to the length of the list.</param>
    /// <returns>A CPU id for each thread.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The list is shorter than the number of threads.</exception>
    /// <exception cref="ArgumentException">The list names a CPU twice, or one that no thread can run on; the message says
    /// which and why.</exception>
    public static IReadOnlyList<int> Explicit(CpuTopology topology, IReadOnlyList<int> cpus, int threadCount)
    {
        ArgumentNullException.ThrowIfNull(topology);
        ArgumentNullException.ThrowIfNull(cpus);
        ArgumentOutOfRangeException.ThrowIfLessThan(threadCount, 1);
        var seen = new HashSet<int>();
        foreach (int id in cpus)
        {
            var cpu = topology.Cpus.FirstOrDefault(cpu => cpu.Id == id)
                ?? throw new ArgumentException($"There is no CPU {id}. This machine has CPUs {topology.PresentCpus}.", nameof(cpus));
            if (cpu.State is CpuState.Offline or CpuState.HiddenByCgroup)
            {
                throw new ArgumentException($"No thread can run on CPU {id}: it is {cpu.Reason}.", nameof(cpus));
            }

            if (!seen.Add(id))
            {
                throw new ArgumentException($"The list of CPUs names {id} twice.", nameof(cpus));
            }
        }

        return threadCount <= cpus.Count
            ? [.. cpus.Take(threadCount)]
            : throw TooMany(threadCount, $"the list names {cpus.Count}");
    }

    private static List<int> Order(CpuTopology topology, PlacementStrategy strategy, CpuSet? within)
    {
        string allowed = topology.AllowedCpus.Length > 0 ? topology.AllowedCpus : topology.OnlineCpus;
        var candidates = CpuSet.Parse(allowed);
        var places = CpuPlace.All(topology, within is null ? candidates : candidates.Intersect(within));
        return strategy switch
        {
            PlacementStrategy.Compact => Ids(places),
            PlacementStrategy.Scatter => Ids(places.GroupBy(place => place.Thread).OrderBy(pass => pass.Key)
                .SelectMany(pass => Spread(pass, 0))),
            PlacementStrategy.OnePerCore => Ids(places.Where(place => place.Thread == 0)),
            PlacementStrategy.PerNode => Ids(Alternate(places.GroupBy(place => place.Node).OrderBy(node => node.Key)
                .Select(node => node.OrderBy(place => place.Thread)))),
            _ => throw new ArgumentOutOfRangeException(nameof(strategy), strategy, "Not a placement."),
        };
    }

    // Parts of one level in turn, each of them spread over the level below.
    private static IEnumerable<CpuPlace> Spread(IEnumerable<CpuPlace> places, int level) =>
        level == CpuPlace.Levels
            ? places
            : Alternate(places.GroupBy(place => place.At(level)).Select(part => Spread(part, level + 1)));

    // a1 b1 c1 a2 b2 c2 a3 ...
    private static IEnumerable<CpuPlace> Alternate(IEnumerable<IEnumerable<CpuPlace>> rows) =>
        rows.SelectMany(row => row.Select((place, turn) => (place, turn))).OrderBy(item => item.turn).Select(item => item.place);

    private static List<int> Ids(IEnumerable<CpuPlace> places) => [.. places.Select(place => place.Cpu)];

    private static string Among(CpuSet? within) => within is null ? "" : $" among CPUs {within}";

    private static ArgumentOutOfRangeException TooMany(int threadCount, string room) => new(
        nameof(threadCount), threadCount, string.Create(CultureInfo.InvariantCulture, $"{threadCount} threads are too many: {room}."));
}
