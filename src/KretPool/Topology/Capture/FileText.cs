namespace KretPool.Topology.Capture;

/// <summary>What came of reading a file: its text, or why there is none.</summary>
internal readonly record struct FileText(string? Text, string? Problem)
{
    /// <summary>There is no such file.</summary>
    public static FileText Missing { get; } = new(null, "missing");
}
