using KretPool.Benchmark;
using KretPool.Peers;
using KretPool.Pools;
using KretPool.Results;

PoolKinds.RegisterAll(typeof(DefaultObjectPoolPeer<>).Assembly);
var plan = BenchmarkPlan.Create(new BenchmarkOptions { Kinds = PoolKinds.All, ThreadCounts = [1, 2] });
Console.WriteLine(plan.ExpectedTime);
var sw = System.Diagnostics.Stopwatch.StartNew();
foreach (var o in new BenchmarkRunner().Run(plan))
{
    var r = o.Result;
    Console.WriteLine(r is null ? $"{o.Trial}: {o.Error}" : $"{r.Kind,-20} {r.ThreadCount} {ResultText.Rate(r.OpsPerSec),12} {ResultText.RateInterval(r.OpsPerSecLow, r.OpsPerSecHigh),20} {r.NsPerOp:0.00} empty {r.EmptyLoopNs:0.00} fair {r.Fairness:0.000} miss {r.MissRate} alloc {r.AllocatedBytes} gc {r.Gen0Collections} cpus {r.EffectiveCpus} {r.Warnings}");
}
Console.WriteLine(sw.Elapsed);
