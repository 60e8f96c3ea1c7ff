using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace KretPool.HelpBuilder;

/// <summary>What PowerShell itself knows about a cmdlet.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Sets">Its parameter sets, the default one first.</param>
/// <param name="Parameters">Its parameters by name, without the common ones but with WhatIf and Confirm.</param>
/// <param name="OutputTypes">The types that it says it writes.</param>
public sealed record CmdletFacts(
    string Name,
    IReadOnlyList<ParameterSetFacts> Sets,
    IReadOnlyDictionary<string, ParameterFacts> Parameters,
    IReadOnlyList<Type> OutputTypes)
{
    /// <summary>Imports an assembly as a module into a session of its own and asks for its cmdlets.</summary>
    /// <param name="assembly">The path of the assembly.</param>
    /// <returns>The cmdlets in the order of their names.</returns>
    public static IReadOnlyList<CmdletFacts> ReadAll(string assembly)
    {
        using var runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.Open();
        Runspace.DefaultRunspace = runspace;
        using var shell = PowerShell.Create(runspace);
        var module = shell.AddCommand("Import-Module").AddParameter("Name", Path.GetFullPath(assembly))
            .AddParameter("PassThru").AddParameter("ErrorAction", "Stop").Invoke<PSModuleInfo>().Single();
        return [.. module.ExportedCmdlets.Values.OrderBy(cmdlet => cmdlet.Name, StringComparer.Ordinal).Select(Read)];
    }

    private static CmdletFacts Read(CmdletInfo cmdlet)
    {
        object defaults = Activator.CreateInstance(cmdlet.ImplementingType)!;
        try
        {
            var parameters = cmdlet.Parameters.Values
                .Where(parameter => !Cmdlet.CommonParameters.Contains(parameter.Name))
                .Select(parameter => ParameterFacts.Read(parameter, defaults))
                .ToDictionary(parameter => parameter.Name, StringComparer.OrdinalIgnoreCase);
            var sets = cmdlet.ParameterSets
                .OrderByDescending(set => set.IsDefault)
                .Select(set => ParameterSetFacts.Read(set, parameters));
            return new CmdletFacts(
                cmdlet.Name, [.. sets], parameters, [.. cmdlet.OutputType.Select(output => output.Type).Distinct()]);
        }
        finally
        {
            (defaults as IDisposable)?.Dispose();
        }
    }
}

/// <summary>One way to call a cmdlet.</summary>
/// <param name="Name">The set's name.</param>
/// <param name="Parameters">Its parameters in the order in which a syntax line shows them.</param>
public sealed record ParameterSetFacts(string Name, IReadOnlyList<ParameterUse> Parameters)
{
    internal static ParameterSetFacts Read(
        CommandParameterSetInfo set, IReadOnlyDictionary<string, ParameterFacts> parameters)
    {
        // The order of PowerShell's own syntax lines: by position, then what is required, then the rest as declared.
        var uses = set.Parameters
            .Where(use => parameters.ContainsKey(use.Name))
            .OrderBy(use => use.Position < 0)
            .ThenBy(use => use.Position)
            .ThenByDescending(use => use.IsMandatory)
            .ThenBy(use => Cmdlet.OptionalCommonParameters.Contains(use.Name))
            .Select(use => new ParameterUse(
                parameters[use.Name],
                use.IsMandatory,
                use.Position >= 0 ? use.Position : null,
                PipelineInputOf(use)));
        return new ParameterSetFacts(set.Name, [.. uses]);
    }

    private static PipelineInput PipelineInputOf(CommandParameterInfo use) =>
        (use.ValueFromPipeline ? PipelineInput.ByValue : 0)
        | (use.ValueFromPipelineByPropertyName ? PipelineInput.ByPropertyName : 0);
}

/// <summary>A parameter as one parameter set has it.</summary>
/// <param name="Parameter">The parameter.</param>
/// <param name="IsMandatory">Whether it must be given.</param>
/// <param name="Position">Its position from 0; null if it is only bound by name.</param>
/// <param name="PipelineInput">How it takes input from the pipeline.</param>
public sealed record ParameterUse(ParameterFacts Parameter, bool IsMandatory, int? Position, PipelineInput PipelineInput);

/// <summary>How a parameter takes input from the pipeline.</summary>
[Flags]
public enum PipelineInput
{
    /// <summary>It does not.</summary>
    None = 0,

    /// <summary>Whole objects.</summary>
    ByValue = 1,

    /// <summary>A property of the objects that has its name.</summary>
    ByPropertyName = 2,
}
