using System.Collections;
using System.ComponentModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Reflection;
using KretPool.Results;
using KretPool.Topology;

namespace KretPool.Cmdlets;

/// <summary>Completes from a list of values, each with a tooltip.</summary>
public abstract class ValueCompleter : IArgumentCompleter
{
    /// <summary>The values and their tooltips.</summary>
    protected abstract IEnumerable<(string Value, string ToolTip)> Values { get; }

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        CompletionText.Matches(wordToComplete, Values);

    /// <summary>Text that does not depend on the culture.</summary>
    protected static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Completes the names of an enumeration, with their descriptions as tooltips.</summary>
/// <typeparam name="T">The enumeration.</typeparam>
public sealed class EnumCompleter<T> : ValueCompleter
    where T : struct, Enum
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Value, string ToolTip)> Values =>
        from name in Enum.GetNames<T>()
        select (name, typeof(T).GetField(name)!.GetCustomAttribute<DescriptionAttribute>()?.Description ?? name);
}

/// <summary>Completes NUMA nodes of this machine.</summary>
public sealed class NumaNodeCompleter : ValueCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Value, string ToolTip)> Values =>
        from node in CpuTopology.Current.Nodes
        where node.Cpus.Length > 0
        select (Text($"{node.Id}"), Text($"CPUs {node.Cpus}, {ResultText.Bytes(node.MemoryTotalBytes)}"));
}

/// <summary>Completes CPU lists: each package, each node, and all CPUs that this process may use.</summary>
public sealed class CpuListCompleter : ValueCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Value, string ToolTip)> Values =>
        new[] { (Value: CpuTopology.Current.AllowedCpus, ToolTip: "all CPUs that this process may use") }
            .Concat(CpuTopology.Current.Packages.Select(package => (package.Cpus, Text($"package {package.Id}"))))
            .Concat(CpuTopology.Current.Nodes.Select(node => (node.Cpus, Text($"NUMA node {node.Id}"))))
            .Concat(CpuTopology.Current.Cores.Select(core => (core.Cpus, Text($"core {core.Id} of package {core.PackageId}"))))
            .Where(list => list.Item1.Length > 0)
            .DistinctBy(list => list.Item1);
}

/// <summary>Completes memory policies.</summary>
public sealed class MemoryPolicyCompleter : ValueCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Value, string ToolTip)> Values =>
        new (string Value, string ToolTip)[]
        {
            ("Default", "wherever the system puts it"),
            ("Local", "each thread's share on the node of its CPU"),
            ("Interleave", "in turn over all nodes that have memory"),
        }.Concat(CpuTopology.Current.Nodes.Where(node => node.MemoryTotalBytes is not 0)
            .Select(node => (Text($"Node {node.Id}"), Text($"all on node {node.Id}"))));
}

/// <summary>Completes probed routines.</summary>
public sealed class ProbedRoutineCompleter : ValueCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Value, string ToolTip)> Values =>
    [
        ("None", "nothing"),
        ("Flock", "locks and unlocks a file of the thread's own"),
        ("Mprotect", "makes a page of the thread's own read-only and writable again"),
        ("Read", "reads 64 bytes of a file of the thread's own"),
        ("Spin 100", "a busy loop of 100 turns, four cycles or so each"),
    ];
}
