using KretPool.Placement;
using KretPool.Topology;

namespace KretPool.Tests.Placement;

/// <summary>Pins real threads of this machine.</summary>
public sealed class ThreadAffinityTests
{
    [Fact]
    public void A_pinned_thread_runs_where_it_was_asked_to_and_is_released_afterwards()
    {
        Assert.SkipWhen(OperatingSystem.IsMacOS(), "macOS does not pin threads.");
        foreach (int cpu in CpuSet.Parse(TopologyReader.ReadThisMachine().AllowedCpus))
        {
            OnOwnThread(() =>
            {
                var before = ThreadAffinity.OfCurrentThread();
                using (var affinity = ThreadAffinity.Pin(CpuSet.From([cpu])))
                {
                    Assert.True(affinity.Succeeded, affinity.Problem);
                    Assert.Null(affinity.Problem);
                    Assert.Equal(CpuSet.From([cpu]), affinity.Effective);
                    for (int i = 0; i < 100; i++)
                    {
                        Thread.Yield();
                        Assert.Equal(cpu, Thread.GetCurrentProcessorId());
                    }
                }

                Assert.Equal(before, ThreadAffinity.OfCurrentThread());
            });
        }
    }

    [Fact]
    public void Pinning_to_a_cpu_that_does_not_exist_is_told_and_changes_nothing()
    {
        Assert.SkipWhen(OperatingSystem.IsMacOS(), "macOS does not pin threads.");
        OnOwnThread(() =>
        {
            var before = ThreadAffinity.OfCurrentThread();
            using var affinity = ThreadAffinity.Pin(CpuSet.From([CpuSet.MaxCpuId]));

            Assert.False(affinity.Succeeded);
            Assert.Contains($"{CpuSet.MaxCpuId}", affinity.Problem, StringComparison.Ordinal);
            Assert.Equal(before, affinity.Effective);
        });
    }

    [Fact]
    public void Pinning_partly_to_cpus_that_do_not_exist_tells_what_is_left()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems refuse the whole.");
        OnOwnThread(() =>
        {
            int real = ThreadAffinity.OfCurrentThread()![0];
            using var affinity = ThreadAffinity.Pin(CpuSet.From([real, 5000]));

            Assert.False(affinity.Succeeded);
            Assert.Equal(CpuSet.From([real]), affinity.Effective);
            Assert.Contains($"on CPUs {real}, not on {real},5000", affinity.Problem, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Another_thread_cannot_release_it()
    {
        Assert.SkipWhen(OperatingSystem.IsMacOS(), "macOS does not pin threads.");
        OnOwnThread(() =>
        {
            using var affinity = ThreadAffinity.Pin(ThreadAffinity.OfCurrentThread()!);
            Exception? error = null;
            OnOwnThread(() => error = Record.Exception(affinity.Dispose));
            Assert.IsType<InvalidOperationException>(error);
        });
    }

    [Fact]
    public void No_cpu_at_all_is_refused() =>
        Assert.Throws<ArgumentException>(() => ThreadAffinity.Pin(CpuSet.Empty));

    [Fact]
    public void A_windows_thread_is_pinned_within_one_processor_group()
    {
        Assert.Equal(((ushort)1, (nuint)0b101), WindowsAffinity.FirstGroup(CpuSet.Parse("64,66,130")));
        Assert.Equal("64,66", WindowsAffinity.FromMask(1, 0b101).ToString());
    }

    [Fact]
    public void Threads_go_where_each_strategy_puts_them_on_a_machine_of_several_nodes()
    {
        var topology = TopologyReader.ReadThisMachine();
        Assert.SkipUnless(topology.Nodes.Count > 1, $"This machine has {topology.Nodes.Count} NUMA nodes; this needs two.");
        foreach (var strategy in Enum.GetValues<PlacementStrategy>().Except([PlacementStrategy.None]))
        {
            foreach (int cpu in CpuPlacement.Choose(topology, strategy, CpuPlacement.MaxThreads(topology, strategy)))
            {
                OnOwnThread(() =>
                {
                    using var affinity = ThreadAffinity.Pin(CpuSet.From([cpu]));
                    Assert.True(affinity.Succeeded, affinity.Problem);
                    Assert.Equal(cpu, Thread.GetCurrentProcessorId());
                });
            }
        }
    }

    private static void OnOwnThread(Action action)
    {
        Exception? error = null;
        var thread = new Thread(() => error = Record.Exception(action));
        thread.Start();
        thread.Join();
        if (error is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(error);
        }
    }
}
