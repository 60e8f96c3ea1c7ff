using System.Diagnostics;
using System.Globalization;
using KretPool.Peers;
using KretPool.Pools;
using KretPool.Tests.Pools.Contract;

// KretPool.Soak [operations [kind ...]]
//
// Each kind rents and returns until it has done that many operations (10^9 without the argument), with changing numbers
// of threads and objects, and after each round every object has to come out. One line a kind; exit code 1 if a kind broke
// a promise, 2 if an argument is wrong.

PoolKinds.RegisterAll(typeof(DefaultObjectPoolPeer<>).Assembly);
long operations = 1_000_000_000;
if (args.Length > 0 && !(long.TryParse(args[0], NumberStyles.None, CultureInfo.InvariantCulture, out operations) && operations > 0))
{
    Console.Error.WriteLine($"'{args[0]}' is not a number of operations. Usage: KretPool.Soak [operations [kind ...]]");
    return 2;
}

PoolKind[] kinds;
try
{
    kinds = args.Length > 1 ? [.. args.Skip(1).Select(PoolKinds.Get)] : [.. PoolKinds.All];
}
catch (ArgumentException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}

int failures = 0;
foreach (var kind in kinds)
{
    int seed = Random.Shared.Next();
    var time = Stopwatch.StartNew();
    try
    {
        long done = Soak(kind, operations, seed);
        Console.WriteLine($"{kind.Name,-20} {done,15:N0} operations in {time.Elapsed:hh\\:mm\\:ss}: every promise kept (seed {seed})");
    }
    catch (LedgerException e)
    {
        failures++;
        Console.WriteLine($"{kind.Name,-20} FAILED after {time.Elapsed:hh\\:mm\\:ss}, seed {seed}: {e.Message}");
    }
}

return failures == 0 ? 0 : 1;

static long Soak(PoolKind kind, long operations, int seed)
{
    int[] threadCounts = [2, Environment.ProcessorCount, 4 * Environment.ProcessorCount];
    int[] capacities = [1, 3, 64, 4096];
    long done = 0;
    for (int round = 0; done < operations; round++)
    {
        var ledger = new ObjectLedger(capacities[round % capacities.Length]);
        var pool = kind.Create(new PoolOptions<TrackedObject>(ledger.Objects) { Factory = ledger.Factory });
        int threads = threadCounts[round % threadCounts.Length];
        done += PoolScenario.Contend(pool, ledger, threads, burstCount: 50_000, limit: 16, seed + round);
        PoolScenario.Churn(pool, ledger, generations: 10, limit: 8, seed + round);
        if (!kind.Grows && !kind.CanStrand)
        {
            PoolScenario.ExpectEveryObject(pool, ledger);
        }
    }

    return done;
}
