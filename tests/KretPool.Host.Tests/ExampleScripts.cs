namespace KretPool.Host.Tests;

/// <summary>The scripts in examples, run by the host.</summary>
internal static class ExampleScripts
{
    public static string Folder { get; } = Path.Combine(FindRoot(), "examples");

    public static string Manifest { get; } = Path.Combine(FindRoot(), "KretPool.psd1");

    public static string PathOf(string script) => Path.Combine(Folder, script);

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "KretPool.slnx")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("The tests run from outside a checkout.");
    }
}
