using System.Collections.Concurrent;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace KretPool.Cmdlets;

/// <summary>
/// The runspace that made a pool, and its turn: a script block runs only on a thread that this runspace works on, as
/// part of a call that came from it. Work that comes up elsewhere waits for the next call.
/// </summary>
internal sealed class ScriptTurn
{
    private static readonly ConditionalWeakTable<Runspace, ScriptTurn> s_turns = new();

    private readonly Runspace _runspace;
    private readonly ConcurrentQueue<(ScriptBlock Block, object Item)> _due = new();

    private ScriptTurn(Runspace runspace)
    {
        _runspace = runspace;
        runspace.StateChanged += (_, change) =>
        {
            if (IsOver(change.RunspaceStateInfo.State))
            {
                DisposeDue();
            }
        };
    }

    /// <summary>The turn of the runspace that the calling thread works for.</summary>
    public static ScriptTurn Current => s_turns.GetValue(Runspace.DefaultRunspace, runspace => new ScriptTurn(runspace));

    /// <summary>Whether the calling thread works for the runspace.</summary>
    public bool IsNow => ReferenceEquals(Runspace.DefaultRunspace, _runspace);

    /// <summary>Whether this is the turn of a runspace.</summary>
    /// <param name="runspace">The runspace.</param>
    /// <returns>Whether it is.</returns>
    public bool BelongsTo(Runspace? runspace) => ReferenceEquals(runspace, _runspace);

    /// <summary>Runs a script block with the object as <c>$_</c> and as its argument.</summary>
    /// <param name="block">The block. The calling thread works for the runspace it came from.</param>
    /// <param name="item">The object.</param>
    public static void Run(ScriptBlock block, object item) =>
        block.InvokeWithContext(null, [new PSVariable("_", item)], item);

    /// <summary>Runs a script block now if it is the runspace's turn, else with its next call.</summary>
    /// <param name="block">The block.</param>
    /// <param name="item">The object.</param>
    public void RunOrDefer(ScriptBlock block, object item)
    {
        if (IsNow)
        {
            Run(block, item);
            return;
        }

        _due.Enqueue((block, item));
        if (IsOver(_runspace.RunspaceStateInfo.State))
        {
            DisposeDue();
        }
    }

    /// <summary>Runs what is due, if it is the runspace's turn.</summary>
    public void RunDue()
    {
        while (IsNow && _due.TryDequeue(out var work))
        {
            Run(work.Block, work.Item);
        }
    }

    private static bool IsOver(RunspaceState state) => state is RunspaceState.Closed or RunspaceState.Broken;

    private void DisposeDue()
    {
        while (_due.TryDequeue(out var work))
        {
            (work.Item as IDisposable)?.Dispose();
        }
    }
}

/// <summary>A script block would have to run in a runspace whose turn it is not.</summary>
internal sealed class NotThisTurnException : Exception;
