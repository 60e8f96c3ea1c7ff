namespace KretPool.Tests;

/// <summary>Data that lie beside the repository, not in it. A test that needs them skips where they are absent.</summary>
internal static class SharedFolder
{
    /// <summary>The path of a file or folder beside the repository.</summary>
    public static string Require(params ReadOnlySpan<string> parts)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "KretPool.slnx")))
        {
            folder = folder.Parent;
        }

        string path = Path.Combine([folder?.Parent?.FullName ?? "", "shared", .. parts]);
        Assert.SkipUnless(folder is not null && Path.Exists(path), $"The shared data are not on this machine: {path}.");
        return path;
    }
}
