using KretPool.Benchmark;
using KretPool.Pools;
using KretPool.Results;

foreach (var o in new[] {
    new BenchmarkOptions { Workloads = [BenchmarkWorkload.NonBlocking], ObjectSizes = [64] },
    new BenchmarkOptions { Workloads = [BenchmarkWorkload.Bulk, BenchmarkWorkload.BulkCall, BenchmarkWorkload.Miss] },
    new BenchmarkOptions { Workloads = [BenchmarkWorkload.Blocking] },
    new BenchmarkOptions { Workloads = [BenchmarkWorkload.Probe], ProbedRoutine = ProbedRoutine.Flock },
    new BenchmarkOptions { Workloads = [BenchmarkWorkload.Probe], ProbedRoutine = ProbedRoutine.Mprotect },
    new BenchmarkOptions { Workloads = [BenchmarkWorkload.Probe], ProbedRoutine = ProbedRoutine.Read },
    new BenchmarkOptions { Workloads = [BenchmarkWorkload.Probe], ProbedRoutine = ProbedRoutine.Spin(100) },
    new BenchmarkOptions { InterruptInterval = TimeSpan.FromMilliseconds(1) },
    new BenchmarkOptions { CloseWhileOut = true },
})
{
    var plan = BenchmarkPlan.Create(o with { Kinds = PoolKinds.All.Where(k => k.Name is "FreeList" or "KernelObjPool" or "NoPool" or "ConcurrentQueue").ToList(), ThreadCounts = [1, 2], IterationTime = TimeSpan.FromMilliseconds(20), WarmupTime = TimeSpan.FromMilliseconds(20) });
    var sw = System.Diagnostics.Stopwatch.StartNew();
    foreach (var x in new BenchmarkRunner().Run(plan))
    {
        var r = x.Result;
        Console.WriteLine(r is null ? $"{x.Trial}: {x.Error}" : $"{r.Kind,-20} {r.Workload} {r.ProbedRoutine} {r.ThreadCount} {ResultText.Rate(r.OpsPerSec),12} {r.NsPerOp:0.00} empty {r.EmptyLoopNs:0.00} miss {r.MissRate:0.000} pb {r.PoolBytes} rr {r.RemoteRentRate} {r.Warnings}");
    }
    Console.WriteLine($"{plan.ExpectedTime} {sw.Elapsed}");
}
