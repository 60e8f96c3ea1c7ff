using System.Reflection;

namespace KretPool.Host;

/// <summary>Where the host looks for modules: <c>PSModulePath</c> of this process.</summary>
internal static class ModulePath
{
    private const string Variable = "PSModulePath";
    private const string UtilityModule = "Microsoft.PowerShell.Utility";

    /// <summary>
    /// Arranges the folders that the engine found when it started: those of the modules that come with the host go first.
    /// Folders with the core modules of an installed PowerShell go out: their assemblies lie elsewhere, so that each of
    /// their commands would fail with a riddle here instead of the message of <see cref="MissingCommand"/>.
    /// </summary>
    public static void Arrange()
    {
        string[] found = Environment.GetEnvironmentVariable(Variable)?.Split(Path.PathSeparator) ?? [];
        IEnumerable<string> others = HasUtilityCmdlets() ? found : found.Where(folder => !HoldsCoreModules(folder));
        string own = Path.Combine(AppContext.BaseDirectory, "Modules");
        Environment.SetEnvironmentVariable(Variable, string.Join(Path.PathSeparator, others.Prepend(own).Distinct()));
    }

    private static bool HoldsCoreModules(string folder) => Directory.Exists(Path.Combine(folder, UtilityModule));

    // A build on Microsoft.PowerShell.SDK has them.
    private static bool HasUtilityCmdlets()
    {
        try
        {
            Assembly.Load("Microsoft.PowerShell.Commands.Utility");
            return true;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }
}
