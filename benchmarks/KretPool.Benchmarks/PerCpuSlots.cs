namespace KretPool.Benchmarks;

/// <summary>One slot for each CPU on a cache line of its own, filled and emptied by an atomic exchange.</summary>
/// <param name="slots">The slots, <see cref="Spacing"/> apart.</param>
internal readonly struct PerCpuSlots(Item?[] slots) : IDesign
{
    private const int Spacing = 16;

    /// <summary>Makes a full slot for each CPU.</summary>
    /// <returns>The design.</returns>
    public static PerCpuSlots Make()
    {
        var slots = new Item?[Spacing * ((int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount) + 1)];
        for (int cpu = 1; cpu < slots.Length / Spacing; cpu++)
        {
            slots[cpu * Spacing] = new Item();
        }

        return new PerCpuSlots(slots);
    }

    /// <inheritdoc/>
    public void Prepare()
    {
    }

    /// <inheritdoc/>
    public bool TryRent(out Item item)
    {
        int cpus = (slots.Length / Spacing) - 1;
        int start = Thread.GetCurrentProcessorId();
        for (int i = 0; i < cpus; i++)
        {
            ref Item? slot = ref slots[(((start + i) & (cpus - 1)) + 1) * Spacing];
            if (slot is not null && Interlocked.Exchange(ref slot, null) is { } found)
            {
                item = found;
                return true;
            }
        }

        item = null!;
        return false;
    }

    /// <inheritdoc/>
    public void Return(Item item)
    {
        int cpus = (slots.Length / Spacing) - 1;
        Item? carried = item;
        for (int cpu = Thread.GetCurrentProcessorId(); carried is not null; cpu++)
        {
            // What lay in a full slot moves on to the next one; there are as many slots as objects.
            carried = Interlocked.Exchange(ref slots[((cpu & (cpus - 1)) + 1) * Spacing], carried);
        }
    }
}
