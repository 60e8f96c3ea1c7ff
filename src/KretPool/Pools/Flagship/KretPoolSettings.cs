using System.Numerics;

namespace KretPool.Pools.Flagship;

/// <summary>What a <see cref="KretPool{T}"/> is tuned by. Tests take small numbers, to get to the rare paths soon.</summary>
internal sealed record KretPoolSettings
{
    /// <summary>The settings of every pool outside tests.</summary>
    public static readonly KretPoolSettings Usual = new();

    /// <summary>The position that magazines count from; tests start near the edge.</summary>
    public long FirstPosition { get; init; }

    /// <summary>
    /// Loose objects that a thread takes without a miss before it ends a shortage. Looking through all magazines is worth
    /// a thousand operations on the loose slots, at the worst.
    /// </summary>
    public int PlentyAfter { get; init; } = 1024;

    /// <summary>Steals in a row before a thread begins a shortage.</summary>
    public int ShortAfter { get; init; } = 16;

    /// <summary>Objects in a magazine at first; null for as many as let every thread find one.</summary>
    public int? FirstFill { get; init; }

    /// <summary>Loose slots on each node, a power of two; null for as many as the machine needs.</summary>
    public int? LooseSlots { get; init; }

    /// <summary>How many loose slots a node gets: 2 cache lines of them for each of its CPUs, within limits.</summary>
    /// <param name="nodeCount">How many nodes there are.</param>
    /// <returns>A power of two.</returns>
    public int LooseSlotsPerNode(int nodeCount) =>
        LooseSlots ?? (LooseSlots<nint>.PerLine
            * (int)BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(2 * Environment.ProcessorCount / nodeCount, 8, 128)));
}
