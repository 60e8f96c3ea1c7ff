using System.Runtime.CompilerServices;

namespace KretPool.Benchmark.Holds;

/// <summary>A busy loop.</summary>
/// <param name="turns">How many turns.</param>
internal readonly struct SpinHold(int turns) : IHold
{
    /// <inheritdoc/>
    public int TurnsPerCheck => Math.Max(1, 1024 / turns);

    /// <inheritdoc/>
    public void Pass() => Spin(turns);

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    /// <summary>Runs a linear congruential generator with Knuth's MMIX constants: every turn waits for the one before.</summary>
    /// <param name="turns">How many turns.</param>
    /// <returns>The last number. Not inlined, so that it counts as used and the loop is kept.</returns>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    internal static ulong Spin(int turns)
    {
        ulong x = 1;
        for (int turn = 0; turn < turns; turn++)
        {
            x = (x * 6364136223846793005) + 1442695040888963407;
        }

        return x;
    }
}
