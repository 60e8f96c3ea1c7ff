namespace KretPool.Benchmark.Machine;

/// <summary>Reads the small files in which the system tells about itself, any of which may be missing.</summary>
internal static class SystemFile
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">Its path.</param>
    /// <returns>Its text without blanks around it; null if it cannot be read.</returns>
    public static string? ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
