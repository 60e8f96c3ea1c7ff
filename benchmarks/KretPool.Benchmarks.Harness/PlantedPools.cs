using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using KretPool.Pools;

namespace KretPool.Benchmarks.Harness;

/// <summary>
/// A plain stack for one thread with a busy wait in every rent, registered as a third party's pool is. All have a wait of
/// <see cref="BaseWait"/> to begin with, and each wait continues the one before, so that the processor has no two of them
/// under way at once and none hides what comes on top.
/// </summary>
/// <typeparam name="T">The object type.</typeparam>
/// <param name="options">The objects.</param>
/// <param name="nanoseconds">How much longer than the base the wait takes.</param>
public abstract class PlantedPool<T>(PoolOptions<T> options, double nanoseconds) : IObjectPool<T>
{
    public const double BaseWait = 50;

    private readonly T[] _free = options.Objects.ToArray();
    private readonly int _turns = BusyWait.TurnsIn(BaseWait) + BusyWait.TurnsIn(nanoseconds);
    private ulong _waited = 1;
    private int _count = options.Capacity;

    public int Capacity => _free.Length;

    public bool TryRent([MaybeNullWhen(false)] out T item)
    {
        _waited = BusyWait.Wait(_waited, _turns);
        if (_count == 0)
        {
            item = default;
            return false;
        }

        item = _free[--_count];
        return true;
    }

    public void Return(T item) => _free[_count++] = item;

    public int Rent(Span<T> items)
    {
        int count = 0;
        while (count < items.Length && TryRent(out items[count]!))
        {
            count++;
        }

        return count;
    }

    public void Return(ReadOnlySpan<T> items)
    {
        foreach (T item in items)
        {
            Return(item);
        }
    }
}

[PoolKind("Planted0")]
public sealed class Planted0<T>(PoolOptions<T> options) : PlantedPool<T>(options, 0);

[PoolKind("PlantedTwin")]
public sealed class PlantedTwin<T>(PoolOptions<T> options) : PlantedPool<T>(options, 0);

[PoolKind("PlantedTenth")]
public sealed class PlantedTenth<T>(PoolOptions<T> options) : PlantedPool<T>(options, PlantedTenth.Nanoseconds);

/// <summary>Of <see cref="PlantedTenth{T}"/>: what makes a rent and its return take so long that a tenth is lost.</summary>
public static class PlantedTenth
{
    public static double Nanoseconds { get; set; }
}

[PoolKind("Planted20")]
public sealed class Planted20<T>(PoolOptions<T> options) : PlantedPool<T>(options, 20);

[PoolKind("Planted50")]
public sealed class Planted50<T>(PoolOptions<T> options) : PlantedPool<T>(options, 50);

[PoolKind("Planted200")]
public sealed class Planted200<T>(PoolOptions<T> options) : PlantedPool<T>(options, 200);

/// <summary>A busy wait whose length was measured without the benchmark.</summary>
public static class BusyWait
{
    private static readonly Lazy<double> s_nanosecondsPerTurn = new(Calibrate);

    /// <summary>How many turns take a time.</summary>
    public static int TurnsIn(double nanoseconds) => (int)Math.Round(nanoseconds / s_nanosecondsPerTurn.Value);

    /// <summary>How long a number of turns takes, in nanoseconds.</summary>
    public static double Length(int turns) => turns * s_nanosecondsPerTurn.Value;

    /// <summary>Waits: each turn is a multiplication and an addition that wait for the turn before.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static ulong Wait(ulong x, int turns)
    {
        for (int turn = 0; turn < turns; turn++)
        {
            x = (x * 6364136223846793005) + 1442695040888963407;
        }

        return x;
    }

    // The slope between a long and a longer wait, so that the call itself does not count.
    private static double Calibrate()
    {
        const int Short = 100_000, Long = 1_100_000;
        var times = new List<double>();
        for (int i = 0; i < 101; i++)
        {
            long start = Stopwatch.GetTimestamp();
            Wait(1, Short);
            long middle = Stopwatch.GetTimestamp();
            Wait(1, Long);
            long end = Stopwatch.GetTimestamp();
            times.Add((end - middle - (middle - start)) * 1e9 / Stopwatch.Frequency / (Long - Short));
        }

        return times.Order().ElementAt(times.Count / 2);
    }
}
