namespace KretPool.Topology;

/// <summary>What a core is made for.</summary>
public enum CpuCoreKind
{
    /// <summary>The machine does not tell, or has one kind only.</summary>
    Unknown,

    /// <summary>Made for speed.</summary>
    Performance,

    /// <summary>Made for low power.</summary>
    Efficient,
}
