using System.Runtime.CompilerServices;

namespace KretPool.Pools;

/// <summary>
/// Marks a place where it would hurt most if a thread lost its CPU there. A test hangs an action on the points that its
/// own thread reaches, and so stops, delays or overtakes an operation in its middle.
/// </summary>
/// <remarks>
/// Off unless the process sets the switch <c>KretPool.TestHooks</c>. The JIT compiler treats the read-only field as a
/// constant, so that in production nothing is left of a point.
/// </remarks>
internal static class PreemptionPoint
{
    /// <summary>Whether points act in this process.</summary>
    public static readonly bool Enabled = AppContext.TryGetSwitch("KretPool.TestHooks", out bool enabled) && enabled;

    [ThreadStatic]
    private static Func<string, bool>? t_action;

    /// <summary>
    /// What this thread does at the next point, told its name. It tells whether to be called again. No point acts while
    /// it runs, unless it hangs another action there.
    /// </summary>
    public static Func<string, bool>? OnThisThread
    {
        get => t_action;
        set => t_action = value;
    }

    /// <summary>Marks the point.</summary>
    /// <param name="name">Its name: the kind, then what has happened and what has not.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Reach(string name)
    {
        if (Enabled)
        {
            Act(name);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Act(string name)
    {
        if (t_action is not { } action)
        {
            return;
        }

        t_action = null;
        if (action(name))
        {
            t_action ??= action;
        }
    }
}
