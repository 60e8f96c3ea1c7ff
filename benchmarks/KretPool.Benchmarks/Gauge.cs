using System.Diagnostics;
using System.Runtime.CompilerServices;
using KretPool.Placement;
using KretPool.Topology;

namespace KretPool.Benchmarks;

/// <summary>
/// Takes samples of several designs in turn, round after round, so that whatever the machine does meanwhile hits all
/// alike, and tells each one's median.
/// </summary>
internal sealed class Gauge
{
    private const int WarmUpRounds = 8;
    private const int Rounds = 21;
    private static readonly TimeSpan s_sample = TimeSpan.FromMilliseconds(20);

    private readonly List<(string Name, int Threads, Func<double> Sample)> _subjects = [];

    /// <summary>Adds a design to be measured while a number of threads rent and return one object over and over.</summary>
    /// <typeparam name="TDesign">The design.</typeparam>
    /// <param name="name">Its name in the result.</param>
    /// <param name="design">The design.</param>
    /// <param name="threads">How many threads.</param>
    public void Add<TDesign>(string name, TDesign design, int threads)
        where TDesign : struct, IDesign =>
        Add(name, threads, operations => RentAndReturn(design, operations), design.Prepare);

    /// <summary>Adds anything else that can be counted.</summary>
    /// <param name="name">Its name in the result.</param>
    /// <param name="threads">How many threads do it at the same time.</param>
    /// <param name="work">Does so many operations.</param>
    /// <param name="prepare">Gets a thread ready.</param>
    public void Add(string name, int threads, Action<int> work, Action prepare) =>
        _subjects.Add((name, threads, () => NanosecondsPerOperation(threads, work, prepare)));

    /// <summary>Measures all.</summary>
    /// <returns>Nanoseconds an operation takes a thread, by name and number of threads: the median of the rounds.</returns>
    public Dictionary<(string Name, int Threads), double> Measure()
    {
        var samples = _subjects.ToDictionary(subject => (subject.Name, subject.Threads), _ => new List<double>());
        for (int round = -WarmUpRounds; round < Rounds; round++)
        {
            foreach (var (name, threads, sample) in _subjects)
            {
                double nanoseconds = sample();
                if (round >= 0)
                {
                    samples[(name, threads)].Add(nanoseconds);
                }
            }
        }

        return samples.ToDictionary(pair => pair.Key, pair => pair.Value.Order().ElementAt(Rounds / 2));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void RentAndReturn<TDesign>(TDesign design, int operations)
        where TDesign : struct, IDesign
    {
        for (int done = 0; done < operations;)
        {
            if (design.TryRent(out Item item))
            {
                design.Return(item);
                done++;
            }
        }
    }

    // Threads run for the same time, not for the same number of operations: so none runs alone at the end.
    private static double NanosecondsPerOperation(int threads, Action<int> work, Action prepare)
    {
        const int Chunk = 10_000;
        using var gate = new Barrier(threads);
        double[] rates = new double[threads];
        var cpus = CpuPlacement.Choose(CpuTopology.Current, PlacementStrategy.OnePerCore, threads);
        Thread[] workers = [.. Enumerable.Range(0, threads).Select(index => new Thread(() =>
        {
            using var affinity = ThreadAffinity.Pin(CpuSet.From([cpus[index]]));
            prepare();
            work(Chunk);
            gate.SignalAndWait();
            long operations = 0;
            var watch = Stopwatch.StartNew();
            do
            {
                work(Chunk);
                operations += Chunk;
            }
            while (watch.Elapsed < s_sample);
            rates[index] = operations / watch.Elapsed.TotalNanoseconds;
        }))];
        foreach (Thread worker in workers)
        {
            worker.Start();
        }

        foreach (Thread worker in workers)
        {
            worker.Join();
        }

        return threads / rates.Sum();
    }
}
