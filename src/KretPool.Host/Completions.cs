namespace KretPool.Host;

/// <summary>What a word on a line may be completed to, gone through one by one.</summary>
/// <param name="start">Where the word starts.</param>
/// <param name="length">How long it is.</param>
/// <param name="texts">What may stand there instead.</param>
internal sealed class Completions(int start, int length, IReadOnlyList<string> texts)
{
    private int _index = -1;

    /// <summary>Where the text starts that is replaced.</summary>
    public int Start { get; } = start;

    /// <summary>How long it is; the line editor sets it to the length of what it put there.</summary>
    public int Length { get; set; } = length;

    /// <summary>What may stand there.</summary>
    public IReadOnlyList<string> Texts { get; } = texts;

    /// <summary>The next text, or the one before, round and round.</summary>
    /// <param name="forward">Which of them.</param>
    /// <returns>The text.</returns>
    public string Next(bool forward)
    {
        _index = _index < 0
            ? (forward ? 0 : Texts.Count - 1)
            : (_index + (forward ? 1 : Texts.Count - 1)) % Texts.Count;
        return Texts[_index];
    }
}
