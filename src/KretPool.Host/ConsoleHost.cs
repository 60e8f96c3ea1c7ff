using System.Globalization;
using System.Management.Automation.Host;

namespace KretPool.Host;

/// <summary>The host that PowerShell sees as <c>$Host</c>.</summary>
/// <param name="ui">What it writes and asks through.</param>
internal sealed class ConsoleHost(ConsoleUserInterface ui) : PSHost
{
    /// <inheritdoc/>
    public override string Name => "KretPoolHost";

    /// <inheritdoc/>
    public override Version Version { get; } = typeof(ConsoleHost).Assembly.GetName().Version!;

    /// <inheritdoc/>
    public override Guid InstanceId { get; } = Guid.NewGuid();

    /// <inheritdoc/>
    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    /// <inheritdoc/>
    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    /// <inheritdoc/>
    public override PSHostUserInterface UI => ui;

    /// <summary>The code given to <c>exit</c>, once it was; null before.</summary>
    public int? ExitCode { get; private set; }

    /// <summary>Runs a prompt inside the running command; set by what can.</summary>
    public Action? NestedPrompt { get; set; }

    /// <inheritdoc/>
    public override void SetShouldExit(int exitCode) => ExitCode ??= exitCode;

    /// <summary>How many prompts run inside the first one.</summary>
    public int PromptLevel { get; private set; }

    /// <inheritdoc/>
    public override void EnterNestedPrompt()
    {
        if (NestedPrompt is null)
        {
            throw new InvalidOperationException("A nested prompt needs a terminal to type at, and standard input is none.");
        }

        PromptLevel++;
        NestedPrompt();
    }

    /// <inheritdoc/>
    public override void ExitNestedPrompt() => PromptLevel--;

    /// <summary>Nothing to do: a native program finds the terminal as PowerShell left it.</summary>
    public override void NotifyBeginApplication()
    {
    }

    /// <summary>Nothing to do, as with <see cref="NotifyBeginApplication"/>.</summary>
    public override void NotifyEndApplication()
    {
    }
}
