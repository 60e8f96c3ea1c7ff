namespace KretPool.Pools.Lineage;

/// <summary>Where the places of a search lie in an array of slots.</summary>
internal interface ISlotOrder
{
    /// <summary>How many slots of the array each place takes up, of which it uses one.</summary>
    int SlotsPerPlace { get; }

    /// <summary>The index of the slot at a place.</summary>
    /// <param name="place">From 0 to below the number of places.</param>
    /// <returns>Its index, different for each place.</returns>
    int IndexOf(int place);
}

/// <summary>Slots lie side by side as they are searched.</summary>
internal readonly struct PackedOrder : ISlotOrder
{
    /// <inheritdoc/>
    public int SlotsPerPlace => 1;

    /// <inheritdoc/>
    public int IndexOf(int place) => place;
}

/// <summary>Slots lie as they are searched, each on a cache line of its own.</summary>
internal readonly struct PaddedOrder : ISlotOrder
{
    /// <inheritdoc/>
    public int SlotsPerPlace => Padding.SlotsPerLine;

    /// <inheritdoc/>
    public int IndexOf(int place) => place * Padding.SlotsPerLine;
}
