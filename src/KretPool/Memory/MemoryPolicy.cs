namespace KretPool.Memory;

/// <summary>How memory was brought to a node.</summary>
public enum MemoryPolicy
{
    /// <summary>No node was asked for; the system chooses.</summary>
    None,

    /// <summary>The system was told the node: <c>mbind</c> on Linux, <c>VirtualAllocExNuma</c> on Windows.</summary>
    Bound,

    /// <summary>A thread pinned to the node touched every page first.</summary>
    FirstTouch,
}
