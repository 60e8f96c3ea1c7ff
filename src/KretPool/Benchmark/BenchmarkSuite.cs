using System.ComponentModel;

namespace KretPool.Benchmark;

/// <summary>Sweeps that have a name.</summary>
public enum BenchmarkSuite
{
    /// <summary>Every kind asked for, rent and return, with 1, 2, 4, ... threads. Well under a minute on a small machine.</summary>
    [Description("A few kinds, rent and return, with 1, 2, 4, ... threads.")]
    Quick,

    /// <summary>
    /// The conditions of the published queue tests: its thread counts and object counts as far as the machine goes, 1, 8 or
    /// 16 rents in a row, with and without an interrupter.
    /// </summary>
    [Description("The conditions of the published queue tests, as far as this machine goes.")]
    Published,

    /// <summary>
    /// The ten cases that the Linux kernel's own test of its object pool runs: synchronous and asynchronous, with and
    /// without a timer, with more rents than objects; each with small objects and with 512-byte ones from one large block.
    /// </summary>
    [Description("The ten cases of the Linux kernel's own test of its object pool.")]
    KernelTest,
}
