namespace KretPool.Memory;

/// <summary>What an operating system offers to <see cref="NumaMemory"/>.</summary>
internal interface IMemorySystem
{
    /// <summary>Rounds a length up to what can be allocated.</summary>
    long RoundUp(long length, bool hugePages);

    /// <summary>Takes zeroed memory from the system, not touched yet.</summary>
    /// <exception cref="InsufficientMemoryException">There is not that much.</exception>
    nint Reserve(long length, int? node, bool hugePages, out string? problem);

    /// <summary>Tells the system which node pages are to come from, if <see cref="Reserve"/> has not done so.</summary>
    bool TryBind(nint address, long length, int node, out string? problem);

    /// <summary>Asks for the node of each page that was touched; a negative number stands for unknown.</summary>
    bool TryGetNodes(ReadOnlySpan<nint> pages, Span<int> nodes);

    /// <summary>How many bytes of a range lie in huge pages.</summary>
    long HugePageBytes(nint address, long length);

    /// <summary>Gives memory back.</summary>
    void Free(nint address, long length);
}
