namespace KretPool.Analysis.History;

/// <summary>A value that a column of a history holds, and what there is of it.</summary>
/// <param name="Value">The value as text.</param>
/// <param name="ResultCount">How many results have it.</param>
/// <param name="LastStartedUtc">When the last of them started.</param>
/// <param name="HostName">The machines that they are from, with commas between.</param>
public sealed record ColumnValue(string Value, int ResultCount, DateTime LastStartedUtc, string HostName);
