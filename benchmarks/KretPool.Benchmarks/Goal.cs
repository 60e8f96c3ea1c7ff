namespace KretPool.Benchmarks;

/// <summary>Something that the flagship is to reach, and what was measured.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Wanted">The limit, in words.</param>
/// <param name="Measured">What was measured.</param>
/// <param name="IsMet">Whether that is within the limit.</param>
internal sealed record Goal(string Name, string Wanted, double Measured, bool IsMet)
{
    /// <summary>A goal that a small figure meets.</summary>
    /// <param name="name">What it is.</param>
    /// <param name="limit">The largest figure that meets it.</param>
    /// <param name="measured">The figure.</param>
    /// <returns>The goal.</returns>
    public static Goal AtMost(string name, double limit, double measured) =>
        new(name, $"at most {limit}", measured, measured <= limit);

    /// <summary>A goal that a large figure meets.</summary>
    /// <param name="name">What it is.</param>
    /// <param name="limit">The smallest figure that meets it.</param>
    /// <param name="measured">The figure.</param>
    /// <returns>The goal.</returns>
    public static Goal AtLeast(string name, double limit, double measured) =>
        new(name, $"at least {limit}", measured, measured >= limit);

    /// <inheritdoc/>
    public override string ToString() => $"| {Name} | {Wanted} | {Measured:F2} | {(IsMet ? "met" : "not met")} |";
}
