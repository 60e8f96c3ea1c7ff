namespace KretPool.Analysis.Import;

/// <summary>An entry of a file, before it is known whether it is a result.</summary>
/// <param name="Line">The line it begins on, from 1.</param>
/// <param name="ValueOf">Gives the value of a column by name, or null if it has none.</param>
internal sealed record FileRow(long Line, Func<string, object?> ValueOf);
