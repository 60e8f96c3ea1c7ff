using System.Globalization;
using KretPool.Topology;

namespace KretPool.Tests.Topology;

/// <summary>Damaged machines: whatever happens to the files, a reading ends, and invents no CPU.</summary>
public sealed class MutationTests
{
    [Theory]
    [InlineData("dual")]
    [InlineData("hybrid")]
    [InlineData("sparse")]
    public void A_damaged_machine_gives_a_topology_or_one_clear_error(string name) =>
        AssertSurvives(Machine(name), mutations: 334);

    [Theory]
    [MemberData(nameof(ExpectationTests.Machines), MemberType = typeof(ExpectationTests))]
    public void A_damaged_capture_gives_a_topology_or_one_clear_error(string name) =>
        AssertSurvives(FakeMachine.FromTarGZip(SharedFolder.Require("topology", name + ".tar.gz")), mutations: 125);

    private static void AssertSurvives(FakeMachine machine, int mutations)
    {
        var real = RealCpus(machine);
        for (int seed = 0; seed < mutations; seed++)
        {
            CpuTopology topology;
            try
            {
                topology = MachineDamage.Damage(machine, new Random(seed)).Read();
            }
            catch (InvalidDataException e)
            {
                Assert.Contains("tells of no CPU", e.Message, StringComparison.Ordinal);
                continue;
            }

            AssertSound(topology, real, seed);
        }
    }

    // What the whole machine tells, and the CPUs that have a directory without being present.
    private static CpuSet RealCpus(FakeMachine machine)
    {
        const string prefix = "sys/devices/system/cpu/cpu";
        var directories = machine.Files.Keys
            .Where(path => path.StartsWith(prefix, StringComparison.Ordinal))
            .Select(path => path[prefix.Length..].Split('/')[0])
            .Where(number => number.All(char.IsAsciiDigit))
            .Select(number => int.Parse(number, CultureInfo.InvariantCulture));
        return CpuSet.From(directories).Union(CpuSet.Parse(machine.Read().PresentCpus));
    }

    private static void AssertSound(CpuTopology topology, CpuSet real, int seed)
    {
        var online = CpuSet.Parse(topology.OnlineCpus);
        void Within(string cpus, CpuSet all) =>
            Assert.True(CpuSet.Parse(cpus).Except(all).Count == 0, $"Seed {seed} invents CPUs: {cpus} of {all}.");

        Within(topology.PresentCpus, real);
        Within(topology.OnlineCpus, CpuSet.Parse(topology.PresentCpus));
        Within(topology.AllowedCpus, online);
        Within(topology.IsolatedCpus, online);
        foreach (string cpus in topology.Packages.Select(part => part.Cpus)
            .Concat(topology.Dies.Select(part => part.Cpus))
            .Concat(topology.Clusters.Select(part => part.Cpus))
            .Concat(topology.Cores.Select(part => part.Cpus))
            .Concat(topology.Caches.Select(part => part.Cpus)))
        {
            Assert.NotEqual("", cpus);
            Within(cpus, online);
        }

        Assert.All(topology.Nodes, node => Within(node.Cpus, online));
        Assert.Equal(topology.PresentCpus, CpuSet.From(topology.Cpus.Select(cpu => cpu.Id)).ToString());
        Assert.Equal(topology.Cores.Sum(core => CpuSet.Parse(core.Cpus).Count), topology.Cores.SelectMany(core => CpuSet.Parse(core.Cpus)).Distinct().Count());
        Assert.NotEmpty(TopologyDrawing.Draw(topology));
        Assert.Equal(16, topology.Digest.Length);
    }

    private static FakeMachine Machine(string name) => name switch
    {
        "dual" => Dual(),
        "hybrid" => FakeMachine.Of(1, 6).Set("sys/devices/cpu_core/cpus", "0-1").Set("sys/devices/cpu_atom/cpus", "2-5"),
        _ => FakeMachine.Of(1, 3, firstId: 40).AddNode(7, "40-42", 1024, "10"),
    };

    private static FakeMachine Dual()
    {
        var dual = FakeMachine.Of(2, 2, 2).AddNode(0, "0-1,4-5", 1024, "10 21").AddNode(1, "2-3,6-7", 1024, "21 10")
            .Set("proc/self/status", "Cpus_allowed:\tff").Set("proc/meminfo", "MemTotal: 2048 kB")
            .Set("proc/self/cgroup", "0::/a").Set("proc/mounts", "cgroup2 /sys/fs/cgroup cgroup2 rw 0 0")
            .Set("sys/fs/cgroup/a/cpuset.cpus.effective", "0-6").Set("sys/fs/cgroup/a/cpu.max", "100000 100000")
            .Set("sys/devices/system/cpu/isolated", "7").Set("sys/devices/system/node/online", "0-1")
            .Set("sys/devices/system/cpu/cpu0/cpufreq/cpuinfo_max_freq", "3000000");
        dual.Links["sys/devices/system/node/node0/cpu0"] = "../../cpu/cpu0";
        return dual;
    }
}
