using KretPool.Pools;
using KretPool.Topology;

namespace KretPool.Tests.Pools.Lineage;

/// <summary>An object of a test, told from others by its number.</summary>
/// <param name="number">Its number, from 0.</param>
public sealed class Numbered(int number)
{
    public int Number => number;

    public override string ToString() => $"object {number}";
}

/// <summary>Pools on machines, CPUs and points that a test chooses.</summary>
internal static class LineageScene
{
    /// <summary>The kinds of the published evaluation.</summary>
    public static TheoryData<string> Kinds =>
        [.. PoolKinds.All.Where(kind => kind.Family == PoolFamily.Lineage).Select(kind => kind.Name)];

    public static Numbered[] Objects(int count) => [.. Enumerable.Range(0, count).Select(i => new Numbered(i))];

    /// <summary>A machine with CPUs 0 to below a count, and nodes that hold equal shares of them.</summary>
    public static CpuTopology Machine(int cpuCount, int nodeCount = 1)
    {
        string all = CpuList(0, cpuCount);
        int share = cpuCount / nodeCount;
        return new CpuTopology
        {
            PresentCpus = all,
            OnlineCpus = all,
            AllowedCpus = all,
            Nodes =
            [
                .. Enumerable.Range(0, nodeCount).Select(node =>
                    new NumaNode(node, CpuList(node * share, share), null, null, new Dictionary<int, int>())),
            ],
        };
    }

    public static IObjectPool<Numbered> Pool(string kind, int capacity, int cpuCount = 1, double balance = 1) =>
        PoolKinds.Get(kind).Create(
            new PoolOptions<Numbered>(Objects(capacity)) { Topology = Machine(cpuCount), Balance = balance });

    /// <summary>Does something on a CPU of the test's choice.</summary>
    public static TResult OnCpu<TResult>(int cpu, Func<TResult> action)
    {
        CpuParts.PretendCpu(cpu);
        try
        {
            return action();
        }
        finally
        {
            CpuParts.PretendCpu(null);
        }
    }

    /// <inheritdoc cref="OnCpu{TResult}(int, Func{TResult})"/>
    public static void OnCpu(int cpu, Action action) => OnCpu(cpu, () =>
    {
        action();
        return true;
    });

    /// <summary>Does something the next time that this thread reaches a point, then goes on.</summary>
    public static void AtNext(string point, Action action) => PreemptionPoint.OnThisThread = reached =>
    {
        if (reached != point)
        {
            return true;
        }

        action();
        return false;
    };

    public static T Rent<T>(this IObjectPool<T> pool)
    {
        Assert.True(pool.TryRent(out T? item), "the pool had no object");
        return item!;
    }

    /// <summary>Rents one by one until the pool misses; returns nothing.</summary>
    public static List<T> Drain<T>(this IObjectPool<T> pool)
    {
        var items = new List<T>();
        while (items.Count <= pool.Capacity && pool.TryRent(out T? item))
        {
            items.Add(item);
        }

        return items;
    }

    public static int[] Numbers(this IEnumerable<Numbered> items) => [.. items.Select(item => item.Number)];

    private static string CpuList(int first, int count) =>
        CpuSet.From(Enumerable.Range(first, count)).ToString();
}
