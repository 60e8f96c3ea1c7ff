namespace KretPool.Topology;

/// <summary>Whether a CPU can be used, and if not, what stands in the way.</summary>
public enum CpuState
{
    /// <summary>It can be used.</summary>
    Usable,

    /// <summary>It is offline.</summary>
    Offline,

    /// <summary>A cgroup hides it. No thread of this process can run there.</summary>
    HiddenByCgroup,

    /// <summary>It is outside the process's affinity.</summary>
    OutsideAffinity,

    /// <summary>It is kept from the scheduler (<c>isolcpus</c>, or an isolated partition of a cgroup): only a thread that is pinned there runs there.</summary>
    Isolated,

    /// <summary>It can be used, but is meant for one busy thread: its timer tick stops then (<c>nohz_full</c>).</summary>
    Tickless,
}
