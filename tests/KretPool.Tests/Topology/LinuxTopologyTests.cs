using KretPool.Topology;

namespace KretPool.Tests.Topology;

/// <summary>Machines that no captured sample shows.</summary>
public sealed class LinuxTopologyTests
{
    private const string Cpu = "sys/devices/system/cpu";

    [Fact]
    public void A_plain_machine_reads_whole_and_without_losses()
    {
        var topology = FakeMachine.Of(packages: 2, coresPerPackage: 2, threadsPerCore: 2)
            .AddNode(0, "0-1,4-5", 1024, "10 21").AddNode(1, "2-3,6-7", 1024, "21 10").Read();

        Assert.Equal("0-7", topology.OnlineCpus);
        Assert.Equal("x86_64", topology.Architecture);
        Assert.Equal(["0-1,4-5", "2-3,6-7"], topology.Packages.Select(package => package.Cpus));
        Assert.Equal(["0,4", "1,5", "2,6", "3,7"], topology.Cores.Select(core => core.Cpus));
        Assert.Equal(["L1d", "L1i", "L2", "L3"], topology.Caches.Select(cache => cache.Name).Distinct());
        Assert.Equal(["0-1,4-5", "2-3,6-7"], topology.Caches.Where(cache => cache.Name == "L3").Select(cache => cache.Cpus));
        Assert.Equal(21, topology.Nodes[0].Distances[1]);
        Assert.All(topology.Cpus, cpu => Assert.Equal((CpuState.Usable, null), (cpu.State, cpu.Reason)));
        Assert.Empty(topology.LostFacts);
    }

    [Fact]
    public void Isolated_and_tickless_cpus_are_told_with_the_reason()
    {
        var topology = FakeMachine.Of(1, 4)
            .Set(Cpu + "/isolated", "2-3").Set(Cpu + "/nohz_full", "3")
            .Set("proc/self/status", "Name:\tpwsh\nCpus_allowed:\t3\nCpus_allowed_list:\t0-1").Read();

        Assert.Equal("2-3", topology.IsolatedCpus);
        Assert.Equal("3", topology.TicklessCpus);
        Assert.Equal("0-1", topology.AllowedCpus);
        Assert.Equal(CpuState.Isolated, topology.Cpus[2].State);
        Assert.Equal("isolated (isolcpus); outside the process's affinity", topology.Cpus[2].Reason);
        Assert.Equal(CpuState.Isolated, topology.Cpus[3].State);
        Assert.EndsWith("tickless (nohz_full)", topology.Cpus[3].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tickless_cpu_that_is_not_isolated_can_be_used()
    {
        var topology = FakeMachine.Of(1, 4).Set(Cpu + "/nohz_full", "3").Read();

        Assert.Equal((CpuState.Tickless, "tickless (nohz_full)"), (topology.Cpus[3].State, topology.Cpus[3].Reason));
        Assert.Equal("0-3", topology.AllowedCpus);
    }

    [Theory]
    [InlineData("  (null)")]
    [InlineData("")]
    public void No_tickless_cpus_is_written_in_several_ways(string text) =>
        Assert.Equal("", FakeMachine.Of(1, 2).Set(Cpu + "/nohz_full", text).Read().TicklessCpus);

    [Fact]
    public void Isolated_cpus_come_from_the_command_line_where_the_kernel_lists_none() =>
        Assert.Equal(
            "1,3",
            FakeMachine.Of(1, 4).Set("proc/cmdline", "root=/dev/sda isolcpus=domain,managed_irq,1,3 quiet").Read().IsolatedCpus);

    [Fact]
    public void With_smt_off_siblings_are_offline_and_cores_have_one_cpu()
    {
        var machine = FakeMachine.Of(1, 2, 2).Set(Cpu + "/online", "0-1").Set(Cpu + "/smt/control", "off");
        for (int cpu = 0; cpu < 4; cpu++)
        {
            machine[$"{Cpu}/cpu{cpu}/online"] = cpu < 2 ? "1" : "0";
        }

        var topology = machine.Without(Cpu + "/cpu2/topology").Without(Cpu + "/cpu3/topology").Read();

        Assert.Equal("off", topology.SmtControl);
        Assert.Equal(["0", "1"], topology.Cores.Select(core => core.Cpus));
        Assert.Equal("0-3", topology.PresentCpus);
        Assert.Equal((CpuState.Offline, "offline (SMT control is off)"), (topology.Cpus[3].State, topology.Cpus[3].Reason));
        Assert.Null(topology.Cpus[3].CoreId);
    }

    [Fact]
    public void An_affinity_keeps_cpus_out_and_says_so()
    {
        var topology = FakeMachine.Of(1, 4).Set("proc/self/status", "Cpus_allowed:\t00000000,00000006").Read();

        Assert.Equal("1-2", topology.AllowedCpus);
        Assert.Equal((CpuState.OutsideAffinity, "outside the process's affinity"), (topology.Cpus[0].State, topology.Cpus[0].Reason));
    }

    [Theory]
    [InlineData("cpu_core", "cpu_atom")]
    [InlineData("cpu_core", "cpu_lowpower")]
    public void Lists_of_the_processor_tell_kinds_of_cores(string performance, string efficient)
    {
        var topology = FakeMachine.Of(1, 4)
            .Set($"sys/devices/{performance}/cpus", "0-1").Set($"sys/devices/{efficient}/cpus", "2-3").Read();

        Assert.Equal(
            [CpuCoreKind.Performance, CpuCoreKind.Performance, CpuCoreKind.Efficient, CpuCoreKind.Efficient],
            topology.Cores.Select(core => core.Kind));
    }

    [Fact]
    public void Capacities_tell_kinds_of_cores_with_prime_and_big_ones_alike()
    {
        var machine = FakeMachine.Of(1, 4);
        int[] capacities = [250, 250, 900, 1024];
        for (int cpu = 0; cpu < 4; cpu++)
        {
            machine.Set($"{Cpu}/cpu{cpu}/cpu_capacity", $"{capacities[cpu]}");
        }

        Assert.Equal(
            [CpuCoreKind.Efficient, CpuCoreKind.Efficient, CpuCoreKind.Performance, CpuCoreKind.Performance],
            machine.Read().Cores.Select(core => core.Kind));
    }

    [Fact]
    public void Favoured_cores_of_one_kind_are_of_one_kind()
    {
        var machine = FakeMachine.Of(1, 2);
        machine[Cpu + "/cpu0/cpufreq/cpuinfo_max_freq"] = "4700000";
        machine[Cpu + "/cpu1/cpufreq/cpuinfo_max_freq"] = "4500000";

        var topology = machine.Read();

        Assert.All(topology.Cores, core => Assert.Equal(CpuCoreKind.Unknown, core.Kind));
        Assert.Equal(4500, topology.Cores[1].MaxMHz);
    }

    [Theory]
    [InlineData("150000 100000", 1.5)]
    [InlineData("max 100000", null)]
    public void A_quota_is_told_in_cpus(string limit, double? cpus)
    {
        var topology = FakeMachine.Of(1, 4)
            .Set("proc/self/cgroup", "0::/user.slice/job")
            .Set("proc/mounts", "cgroup2 /sys/fs/cgroup cgroup2 rw 0 0")
            .Set("sys/fs/cgroup/user.slice/job/cpu.max", limit).Read();

        Assert.Equal(cpus, topology.CpuQuota);
        Assert.Equal(cpus is null ? null : "/user.slice/job", topology.CpuQuotaCgroup);
    }

    [Fact]
    public void The_tightest_quota_above_the_process_counts()
    {
        var topology = FakeMachine.Of(1, 4)
            .Set("proc/self/cgroup", "0::/a/b")
            .Set("proc/mounts", "cgroup2 /sys/fs/cgroup cgroup2 rw 0 0")
            .Set("sys/fs/cgroup/a/cpu.max", "50000 100000")
            .Set("sys/fs/cgroup/a/b/cpu.max", "400000 100000").Read();

        Assert.Equal((0.5, "/a", 50_000L, 100_000L),
            (topology.CpuQuota, topology.CpuQuotaCgroup, topology.CpuQuotaMicroseconds, topology.CpuQuotaPeriodMicroseconds));
    }

    [Fact]
    public void A_quota_of_version_1_is_read_in_its_own_files()
    {
        var topology = FakeMachine.Of(1, 4)
            .Set("proc/self/cgroup", "4:cpu,cpuacct:/docker/abc\n0::/")
            .Set("proc/self/mountinfo", "32 31 0:29 /docker/abc /sys/fs/cgroup/cpu,cpuacct ro - cgroup cgroup rw,cpu,cpuacct")
            .Set("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", "200000")
            .Set("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us", "100000").Read();

        Assert.Equal((2.0, "/docker/abc"), (topology.CpuQuota, topology.CpuQuotaCgroup));
    }

    [Fact]
    public void The_outermost_cgroup_that_hides_a_cpu_is_named()
    {
        var topology = FakeMachine.Of(1, 4)
            .Set("proc/self/cgroup", "0::/batch/night")
            .Set("proc/self/mountinfo", "30 1 0:26 / /sys/fs/cgroup rw shared:4 - cgroup2 cgroup2 rw")
            .Set("sys/fs/cgroup/batch/cpuset.cpus.effective", "0-2")
            .Set("sys/fs/cgroup/batch/night/cpuset.cpus.effective", "0-1").Read();

        Assert.Equal("0-1", topology.AllowedCpus);
        Assert.Equal("/batch/night", topology.CpusetCgroup);
        Assert.Equal((CpuState.HiddenByCgroup, "hidden by cgroup /batch (allows 0-2)"), (topology.Cpus[3].State, topology.Cpus[3].Reason));
        Assert.Equal("hidden by cgroup /batch/night (allows 0-1)", topology.Cpus[2].Reason);
    }

    [Fact]
    public void A_node_of_cxl_memory_has_no_cpus_but_a_tier_a_kind_and_cpus_that_are_near()
    {
        var machine = FakeMachine.Of(1, 2).AddNode(0, "0-1", 1024, "10 14").AddNode(2, "", 4096, "14 10");
        machine["sys/devices/virtual/memory_tiering/memory_tier4/nodelist"] = "0";
        machine["sys/devices/virtual/memory_tiering/memory_tier22/nodelist"] = "2";
        machine["sys/devices/platform/ACPI0017:00/root0/decoder0.0/region0/dax_region0/dax0.0/target_node"] = "2";
        machine.Links["sys/bus/dax/drivers/kmem/dax0.0"] =
            "../../../../devices/platform/ACPI0017:00/root0/decoder0.0/region0/dax_region0/dax0.0";
        machine["sys/devices/system/node/node2/access1/initiators/read_latency"] = "250";
        machine["sys/devices/system/node/node2/access1/initiators/read_bandwidth"] = "20000";
        machine.Links["sys/devices/system/node/node2/access1/initiators/node0"] = "../../../node0";

        var node = machine.Read().Nodes[1];

        Assert.Equal((2, "", "0-1", 22, "CXL"), (node.Id, node.Cpus, node.LocalCpus, node.MemoryTier, node.MemoryKind));
        Assert.Equal((250, 20_000), (node.ReadLatencyNs, node.ReadBandwidthMiBPerSec));
        Assert.Equal((14, 10), (node.Distances[0], node.Distances[2]));
        Assert.Equal(4096L * 1024, node.MemoryTotalBytes);
    }

    [Fact]
    public void Eight_packages_with_512_cpus_read_whole()
    {
        var topology = FakeMachine.Of(8, 32, 2).Read();

        Assert.Equal((8, 256, 512), (topology.Packages.Count, topology.Cores.Count, topology.Cpus.Count));
        Assert.Equal("255,511", topology.Cores[^1].Cpus);
        Assert.Equal(8, topology.Caches.Count(cache => cache.Name == "L3"));
    }

    [Fact]
    public void Cpu_ids_above_1023_read_as_any_other()
    {
        var topology = FakeMachine.Of(2, 2, firstId: 2046).Read();

        Assert.Equal("2046-2049", topology.OnlineCpus);
        Assert.Equal(["2046-2047", "2048-2049"], topology.Packages.Select(package => package.Cpus));
    }

    [Fact]
    public void Where_a_mask_and_a_list_disagree_the_mask_is_right()
    {
        var machine = FakeMachine.Of(1, 2).AddNode(0, "0-1", 1024, "10");
        machine["sys/devices/system/node/node0/cpulist"] = "0";

        Assert.Equal("0-1", machine.Read().Nodes[0].Cpus);
    }

    [Fact]
    public void A_mask_that_is_torn_is_replaced_by_the_list_and_told()
    {
        var machine = FakeMachine.Of(1, 2);
        machine[Cpu + "/cpu0/topology/package_cpus"] = "0000zz";
        machine[Cpu + "/cpu0/topology/package_cpus_list"] = "0-1";

        var topology = machine.Read();

        Assert.Equal("0-1", Assert.Single(topology.Packages).Cpus);
        Assert.Contains(topology.LostFacts, fact => fact.Contains("'0000zz' is not a CPU mask", StringComparison.Ordinal));
    }

    [Fact]
    public void A_cache_that_is_shared_with_nobody_belongs_to_the_core()
    {
        var machine = FakeMachine.Of(1, 2, 2);
        foreach (int cpu in (int[])[0, 1, 2, 3])
        {
            machine[$"{Cpu}/cpu{cpu}/cache/index2/shared_cpu_map"] = "00000000,00000000";
        }

        Assert.Equal(["0,2", "1,3"], machine.Read().Caches.Where(cache => cache.Name == "L2").Select(cache => cache.Cpus));
    }

    [Theory]
    [InlineData("online")]
    [InlineData("present")]
    public void One_bad_list_invents_no_cpu(string file)
    {
        var topology = FakeMachine.Of(1, 2).Set($"{Cpu}/{file}", "0-500").Read();

        Assert.Equal(("0-1", "0-1"), (topology.OnlineCpus, topology.PresentCpus));
        Assert.Contains(topology.LostFacts, fact => fact.EndsWith(file + ": no other file knows CPUs 2-500", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_lists_the_directories_tell_which_cpus_there_are()
    {
        var machine = FakeMachine.Of(1, 4).Without(Cpu + "/online").Without(Cpu + "/present").Without(Cpu + "/possible");
        machine[Cpu + "/cpu3/online"] = "0";

        var topology = machine.Read();

        Assert.Equal(("0-2", "0-3"), (topology.OnlineCpus, topology.PresentCpus));
    }

    [Fact]
    public void Without_topology_files_proc_cpuinfo_tells_packages_and_cores()
    {
        var machine = FakeMachine.Of(1, 2);
        machine.Without(Cpu + "/cpu0/topology").Without(Cpu + "/cpu1/topology");
        machine["proc/cpuinfo"] =
            "processor\t: 0\nphysical id\t: 0\ncore id\t: 3\n\nprocessor\t: 1\nphysical id\t: 0\ncore id\t: 3";

        var topology = machine.Read();

        Assert.Equal("0-1", Assert.Single(topology.Cores).Cpus);
        Assert.Equal(3, topology.Cores[0].Id);
    }

    [Fact]
    public void What_the_machine_does_not_tell_is_empty()
    {
        var topology = new FakeMachine { ["sys/devices/system/cpu/online"] = "0-1" }.Read();

        Assert.Equal(2, topology.Cpus.Count);
        Assert.Empty(topology.Packages);
        Assert.Empty(topology.Cores);
        Assert.Empty(topology.Caches);
        Assert.Empty(topology.Nodes);
        Assert.Null(topology.ModelName);
    }

    [Fact]
    public void The_digest_is_that_of_the_shape()
    {
        static FakeMachine Machine() => FakeMachine.Of(1, 4).AddNode(0, "0-3", 1024, "10");
        string digest = Machine().Read().Digest;

        Assert.Matches("^[0-9a-f]{16}$", digest);
        Assert.Equal(digest, Machine().Set("proc/self/status", "Cpus_allowed: 3").Read().Digest);
        Assert.Equal(digest, Machine().Set("sys/devices/system/node/node0/meminfo", "Node 0 MemTotal: 99 kB").Read().Digest);
        Assert.Equal(digest, Machine().Set(Cpu + "/cpu0/cpufreq/cpuinfo_max_freq", "1000").Read().Digest);
        Assert.NotEqual(digest, FakeMachine.Of(2, 2).AddNode(0, "0-3", 1024, "10").Read().Digest);
    }

    [Theory]
    [InlineData("innotek GmbH", "VirtualBox", "Oracle VirtualBox")]
    [InlineData("QEMU", "Standard PC", "QEMU")]
    [InlineData("Microsoft Corporation", "Virtual Machine", "Microsoft Hyper-V")]
    [InlineData("Microsoft Corporation", "Surface", null)]
    [InlineData("Amazon EC2", "m5.metal", null)]
    public void The_firmware_gives_a_hypervisor_away(string vendor, string product, string? hypervisor) =>
        Assert.Equal(
            hypervisor,
            FakeMachine.Of(1, 1).Set("sys/class/dmi/id/sys_vendor", vendor).Set("sys/class/dmi/id/product_name", product).Read().Hypervisor);

    [Theory]
    [InlineData("VM00 Control Program: KVM/Linux\nVM01 Control Program: z/VM 6.4.0", "KVM")]
    [InlineData("VM00 Control Program: z/VM 6.1.0", "IBM z/VM")]
    [InlineData("LPAR Number: 10", "IBM PR/SM")]
    public void A_mainframe_tells_the_nearest_hypervisor(string sysinfo, string hypervisor) =>
        Assert.Equal(hypervisor, FakeMachine.Of(1, 1).Set("proc/sysinfo", sysinfo).Read().Hypervisor);

    [Theory]
    [InlineData("ibm,powernv", null)]
    [InlineData("IBM,9009-41A", "IBM pHyp")]
    public void A_power_machine_tells_by_its_device_tree_what_is_below_it(string compatible, string? hypervisor) =>
        Assert.Equal(
            hypervisor,
            FakeMachine.Of(1, 1).Set("proc/device-tree/compatible", compatible + "\0ibm,other\0")
                .Set("proc/device-tree/ibm,partition-name", "lpar7").Set("proc/device-tree/hmc-managed?", "1").Read().Hypervisor);

    [Fact]
    public void A_mask_that_claims_cpus_of_another_package_gives_way_to_the_list()
    {
        var topology = FakeMachine.Of(2, 2).Set(Cpu + "/cpu2/topology/package_cpus", "f")
            .Set(Cpu + "/cpu2/topology/package_cpus_list", "2-3").Read();

        Assert.Equal(["0-1", "2-3"], topology.Packages.Select(package => package.Cpus));
        Assert.Contains(topology.LostFacts, fact => fact.EndsWith("package_cpus: CPUs '0-3' hold CPU 0, which is elsewhere", StringComparison.Ordinal));
    }

    [Fact]
    public void A_mask_that_claims_cpus_of_another_package_gives_way_to_the_id() =>
        Assert.Equal(
            ["0-1", "2-3"],
            FakeMachine.Of(2, 2).Set(Cpu + "/cpu2/topology/package_cpus", "f").Read().Packages.Select(package => package.Cpus));

    [Fact]
    public void A_cache_that_claims_cpus_of_another_one_is_told_by_the_next_cpu() =>
        Assert.Equal(
            ["0-1", "2-3"],
            FakeMachine.Of(2, 2).Set(Cpu + "/cpu2/cache/index3/shared_cpu_map", "f").Read()
                .Caches.Where(cache => cache.Name == "L3").Select(cache => cache.Cpus));

    [Theory]
    [InlineData("32768K", "15", "4096", 128)] // The ways of a part of it.
    [InlineData("32K", "0", "16", 32)] // Fully associative, as some architectures write it.
    [InlineData("32K", "8", "1", 8)] // A single set tells nothing.
    public void Sets_and_lines_tell_the_ways_where_the_file_is_wrong(string size, string ways, string sets, int expected) =>
        Assert.Equal(
            expected,
            FakeMachine.Of(1, 1).Set(Cpu + "/cpu0/cache/index3/size", size).Set(Cpu + "/cpu0/cache/index3/number_of_sets", sets)
                .Set(Cpu + "/cpu0/cache/index3/ways_of_associativity", ways).Read().Caches.Single(cache => cache.Name == "L3").Ways);

    [Fact]
    public void A_sparc_machine_tells_caches_in_files_of_its_own()
    {
        var topology = FakeMachine.Of(1, 2).Without(Cpu + "/cpu0/cache").Without(Cpu + "/cpu1/cache")
            .Set(Cpu + "/cpu0/l1_dcache_size", "16384").Set(Cpu + "/cpu0/l1_dcache_line_size", "32")
            .Set(Cpu + "/cpu1/l2_cache_size", "1048576").Read();

        Assert.Equal(
            [new("L1d", 1, "Data", 16384, 32, null, "0"), new("L2", 2, "Unified", 1048576, null, null, "1")],
            topology.Caches);
    }

    [Fact]
    public void A_machine_of_several_models_tells_the_model_of_each_core()
    {
        const string little = "CPU implementer : 0x41\nCPU part : 0xd46\n", big = "CPU implementer : 0x41\nCPU part : 0xd4e\n";
        var topology = FakeMachine.Of(1, 2).Set("proc/cpuinfo", $"processor : 0\n{little}\nprocessor : 1\n{big}").Read();

        Assert.Equal("Cortex-A510", topology.ModelName);
        Assert.Equal(["Cortex-A510", "Cortex-X3"], topology.Cores.Select(core => core.ModelName));
    }

    [Theory]
    [InlineData("isolcpus=2-3", "2-3", "")]
    [InlineData("isolcpus=domain,managed_irq,3", "3", "")]
    [InlineData("isolcpus=managed_irq,3", "", "")]
    [InlineData("isolcpus=nohz,1", "", "1")]
    [InlineData("isolcpus=1-N nohz_full=all", "1-3", "0-3")]
    public void The_command_line_tells_in_the_kernels_own_words(string line, string isolated, string tickless)
    {
        var topology = FakeMachine.Of(1, 4).Set("proc/cmdline", "quiet " + line + " ro").Read();

        Assert.Equal((isolated, tickless), (topology.IsolatedCpus, topology.TicklessCpus));
    }

    [Fact]
    public void Cpus_of_an_isolated_partition_are_told_with_the_reason()
    {
        var topology = FakeMachine.Of(1, 4).Set("proc/mounts", "cgroup2 /sys/fs/cgroup cgroup2 rw 0 0")
            .Set("sys/fs/cgroup/cpuset.cpus.effective", "0-3").Set("sys/fs/cgroup/cpuset.cpus.isolated", "2-3").Read();

        Assert.Equal("2-3", topology.IsolatedCpus);
        Assert.Equal((CpuState.Isolated, "isolated (partition of a cgroup)"), (topology.Cpus[3].State, topology.Cpus[3].Reason));
    }

    [Fact]
    public void A_node_without_cpus_is_near_those_at_the_shortest_distance()
    {
        var topology = FakeMachine.Of(2, 2).AddNode(0, "0-1", 1024, "10 21 17").AddNode(1, "2-3", 1024, "21 10 28")
            .AddNode(2, "", 1024, "17 28 10").Read();

        Assert.Equal(("", "0-1"), (topology.Nodes[2].Cpus, topology.Nodes[2].LocalCpus));
    }

    [Fact]
    public void Memory_of_a_gpu_is_told_as_such()
    {
        var topology = FakeMachine.Of(1, 2).AddNode(0, "0-1", 1024, "10 80").AddNode(255, "", 1024, "80 10")
            .Set("proc/driver/nvidia/gpus/0004:05:00.0/numa_status", "Node:      255\nStatus:    online").Read();

        Assert.Equal((null, "GPU"), (topology.Nodes[0].MemoryKind, topology.Nodes[1].MemoryKind));
    }

    [Fact]
    public void Huge_pages_are_told_by_size()
    {
        var machine = FakeMachine.Of(1, 1);
        machine["sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages"] = "16";
        machine["sys/kernel/mm/hugepages/hugepages-2048kB/free_hugepages"] = "4";

        Assert.Equal(new HugePages(2 << 20, 16, 4), Assert.Single(machine.Read().HugePages));
    }

    [Fact]
    public void This_machine_tells_what_the_runtime_tells()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Reads the files of a Linux machine.");
        var topology = TopologyReader.ReadThisMachine();

        Assert.Equal(Environment.ProcessorCount, CpuSet.Parse(topology.AllowedCpus).Count);
        Assert.Equal(topology.Digest, TopologyReader.ReadThisMachine().Digest);
    }
}
