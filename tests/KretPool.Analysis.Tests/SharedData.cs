namespace KretPool.Analysis.Tests;

/// <summary>Data that lie beside the checkout and are no part of it. A test that needs them skips where they are absent.</summary>
internal static class SharedData
{
    public static string Folder(string name)
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "KretPool.slnx")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        string shared = Path.GetFullPath(Path.Combine(folder ?? "", "..", "shared", name));
        if (!Directory.Exists(shared))
        {
            Assert.Skip($"There is no folder '{shared}'.");
        }

        return shared;
    }
}
