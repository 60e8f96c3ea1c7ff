using System.Management.Automation;

namespace KretPool.Host;

/// <summary>
/// Stands in for a command that this host lacks: takes whatever arguments and input that one would, and throws from the
/// line that calls it.
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "MissingCommand")]
public sealed class MissingCommandCmdlet : PSCmdlet
{
    /// <summary>Whatever the real command would take.</summary>
    [Parameter(ValueFromRemainingArguments = true)]
    public object[] Arguments { get; set; } = [];

    /// <summary>Whatever the real command would get through the pipeline.</summary>
    [Parameter(ValueFromPipeline = true)]
    public object? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() =>
        ThrowTerminatingError(MissingCommand.Error(MyInvocation.MyCommand.Name));
}
