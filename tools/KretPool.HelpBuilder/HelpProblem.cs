namespace KretPool.HelpBuilder;

/// <summary>Something that keeps a page from becoming help.</summary>
/// <param name="File">The page.</param>
/// <param name="Line">The line in it, from 1.</param>
/// <param name="Message">What is wrong and what would be right.</param>
public sealed record HelpProblem(string File, int Line, string Message)
{
    /// <summary>The problem as compilers write theirs.</summary>
    /// <returns><c>file(line): error HELP001: message</c>.</returns>
    public override string ToString() => $"{File}({Line}): error HELP001: {Message}";
}
