using System.Globalization;

namespace KretPool.Benchmark;

/// <summary>What runs between rent and return in the workload <see cref="BenchmarkWorkload.Probe"/>.</summary>
/// <remarks>Written and read as <c>None</c>, <c>Flock</c>, <c>Mprotect</c>, <c>Read</c> or <c>Spin 100</c>.</remarks>
public sealed record ProbedRoutine : IParsable<ProbedRoutine>
{
    /// <summary>The most turns that <see cref="Spin"/> takes.</summary>
    public const int MaxTurns = 100_000_000;

    private const string SpinName = "Spin";

    private ProbedRoutine(string name, int? turns = null) => (Name, Turns) = (name, turns);

    /// <summary>Nothing.</summary>
    public static ProbedRoutine None { get; } = new(nameof(None));

    /// <summary>
    /// Locks and unlocks a temporary file of the thread's own: <c>flock</c> twice; on Windows <c>LockFileEx</c> and
    /// <c>UnlockFileEx</c>.
    /// </summary>
    public static ProbedRoutine Flock { get; } = new(nameof(Flock));

    /// <summary>
    /// Makes an anonymous page of the thread's own read-only, and writable again: <c>mprotect</c> twice; on Windows
    /// <c>VirtualProtect</c>.
    /// </summary>
    public static ProbedRoutine Mprotect { get; } = new(nameof(Mprotect));

    /// <summary>
    /// Reads the first 64 bytes of a temporary file of the thread's own: <c>pread</c> once; on Windows <c>ReadFile</c>.
    /// </summary>
    public static ProbedRoutine Read { get; } = new(nameof(Read));

    /// <summary>The name without the number of turns.</summary>
    public string Name { get; }

    /// <summary>Turns of the busy loop; null for the other routines.</summary>
    public int? Turns { get; }

    /// <summary>
    /// A busy loop. Each turn is one multiplication and one addition that wait for the turn before: four cycles or so.
    /// </summary>
    /// <param name="turns">How many turns, from 1 to <see cref="MaxTurns"/>.</param>
    /// <returns>The routine.</returns>
    public static ProbedRoutine Spin(int turns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(turns, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(turns, MaxTurns);
        return new(SpinName, turns);
    }

    /// <summary>Reads a routine.</summary>
    /// <param name="s">The text; case does not matter, nor whether a blank stands before the number of turns.</param>
    /// <param name="provider">Not used.</param>
    /// <returns>The routine.</returns>
    /// <exception cref="FormatException">The text is no routine.</exception>
    public static ProbedRoutine Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var routine)
            ? routine
            : throw new FormatException(
                $"'{s}' is not a probed routine. Write None, Flock, Mprotect, Read, or Spin and a number of turns up to "
                + $"{MaxTurns}, such as 'Spin 100'.");

    /// <inheritdoc cref="Parse"/>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    /// <param name="result">The routine, if the text is one.</param>
    /// <returns>Whether the text is a routine.</returns>
    public static bool TryParse(
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] string? s,
        IFormatProvider? provider,
        [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out ProbedRoutine result)
    {
        string text = s?.Trim() ?? "";
        result = new[] { None, Flock, Mprotect, Read }
            .FirstOrDefault(routine => routine.Name.Equals(text, StringComparison.OrdinalIgnoreCase));
        if (result is null && text.StartsWith(SpinName, StringComparison.OrdinalIgnoreCase)
            && int.TryParse(text[SpinName.Length..].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int turns)
            && turns is >= 1 and <= MaxTurns)
        {
            result = Spin(turns);
        }

        return result is not null;
    }

    /// <summary>The routine as it is read.</summary>
    /// <returns>For example <c>Spin 100</c>.</returns>
    public override string ToString() =>
        Turns is { } turns ? string.Create(CultureInfo.InvariantCulture, $"{SpinName} {turns}") : Name;
}
