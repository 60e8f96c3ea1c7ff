using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace KretPool.Cmdlets.Tests;

/// <summary>A PowerShell session with the module imported by its manifest, as a user imports it.</summary>
public sealed class ModuleSession : IDisposable
{
    private readonly Runspace _runspace;

    public ModuleSession()
    {
        _runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        _runspace.Open();
        Run($"Import-Module '{ManifestPath}'; Set-StrictMode -Version Latest");
    }

    /// <summary>The root of the checkout: the folder with the solution in it, above the test's own.</summary>
    public static string Root { get; } = FindRoot();

    public static string ManifestPath => Path.Combine(Root, "KretPool.psd1");

    public Runspace Runspace => _runspace;

    /// <summary>Runs a script; an error of any sort fails the test.</summary>
    public IReadOnlyList<PSObject> Run(string script, params object?[] arguments)
    {
        using var shell = Shell(script, arguments);
        var output = shell.Invoke();
        if (shell.Streams.Error.Count > 0)
        {
            throw shell.Streams.Error[0].Exception;
        }

        return output;
    }

    /// <summary>Runs a script that is expected to report an error.</summary>
    public ErrorRecord RunForError(string script, params object?[] arguments)
    {
        using var shell = Shell(script, arguments);
        try
        {
            shell.Invoke();
        }
        catch (RuntimeException e)
        {
            return e.ErrorRecord;
        }

        return Assert.Single(shell.Streams.Error);
    }

    /// <summary>Prepares a script without running it, to stop it or to read its streams.</summary>
    public PowerShell Shell(string script, params object?[] arguments)
    {
        var shell = PowerShell.Create(_runspace);
        shell.AddScript(script);
        foreach (object? argument in arguments)
        {
            shell.AddArgument(argument);
        }

        return shell;
    }

    public void Dispose() => _runspace.Dispose();

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
