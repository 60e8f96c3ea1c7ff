using System.Reflection;

namespace KretPool.Host;

/// <summary>Where the host looks for modules: <c>PSModulePath</c> of this process.</summary>
internal static class ModulePath
{
    private const string Variable = "PSModulePath";
    private const string UtilityModule = "Microsoft.PowerShell.Utility";

    /// <summary>Puts the folder of the modules that come with the host first.</summary>
    public static void AddOwnModules()
    {
        string own = Path.Combine(AppContext.BaseDirectory, "Modules");
        string? others = Environment.GetEnvironmentVariable(Variable);
        Environment.SetEnvironmentVariable(
            Variable, string.IsNullOrEmpty(others) ? own : own + Path.PathSeparator + others);
    }

    /// <summary>
    /// Takes out the folders that hold the core modules of an installed PowerShell. Their assemblies come with that
    /// PowerShell and not with them, so that here each of their commands would fail with a riddle instead of the
    /// message of <see cref="MissingCommand"/>. Does nothing in a build that has the core modules of its own.
    /// </summary>
    public static void RemoveForeignCoreModules()
    {
        if (HasUtilityCmdlets())
        {
            return;
        }

        string[] folders = Environment.GetEnvironmentVariable(Variable)?.Split(Path.PathSeparator) ?? [];
        Environment.SetEnvironmentVariable(
            Variable,
            string.Join(
                Path.PathSeparator,
                folders.Where(folder => !Directory.Exists(Path.Combine(folder, UtilityModule)))));
    }

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
