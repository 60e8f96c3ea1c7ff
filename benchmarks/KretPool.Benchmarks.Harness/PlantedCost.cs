using KretPool.Benchmark;
using KretPool.Pools;

namespace KretPool.Benchmarks.Harness;

/// <summary>Measures pools that differ only in a busy wait of known length.</summary>
internal static class PlantedCost
{
    public static void Run()
    {
        PoolKind[] kinds =
        [
            PoolKinds.Register(typeof(Planted0<>)),
            PoolKinds.Register(typeof(Planted20<>)),
            PoolKinds.Register(typeof(Planted50<>)),
            PoolKinds.Register(typeof(Planted200<>)),
        ];
        var plan = BenchmarkPlan.Create(new BenchmarkOptions { Kinds = kinds, ThreadCounts = [1], IterationCount = 20 });
        var measured = new BenchmarkRunner().Run(plan).ToDictionary(
            outcome => outcome.Trial.Kind.Name, outcome => outcome.Result?.NsPerOp ?? throw outcome.Error!);

        Console.WriteLine($"{"planted ns",10} {"measured ns",11} {"difference",10}");
        foreach (int planted in new[] { 20, 50, 200 })
        {
            double known = BusyWait.Length(BusyWait.TurnsIn(planted));
            double found = measured[$"Planted{planted}"] - measured["Planted0"];
            Console.WriteLine($"{known,10:0.0} {found,11:0.0} {found / known - 1,10:+0.0%;-0.0%}");
        }
    }
}
