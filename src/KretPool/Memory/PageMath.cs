namespace KretPool.Memory;

/// <summary>Rounding to powers of two.</summary>
internal static class PageMath
{
    /// <summary>Rounds up to a multiple.</summary>
    /// <param name="value">The value, from 0.</param>
    /// <param name="multiple">A power of two.</param>
    /// <returns>The smallest multiple that is not below the value.</returns>
    public static long RoundUp(long value, long multiple) => (value + multiple - 1) & -multiple;
}
