using KretPool.Topology;

namespace KretPool.Tests.Topology;

/// <summary>Damaged machines: whatever happens to the files, a reading ends, and invents no CPU.</summary>
public sealed class MutationTests
{
    private const int Mutations = 1000;

    [Fact]
    public void A_thousand_damaged_captures_give_a_topology_or_one_clear_error()
    {
        var originals = Originals();
        for (int seed = 0; seed < Mutations; seed++)
        {
            var (machine, cpus) = originals[seed % originals.Count];
            var damaged = Damage(machine, new Random(seed));
            CpuTopology topology;
            try
            {
                topology = damaged.Read();
            }
            catch (InvalidDataException e)
            {
                Assert.Contains("tells of no CPU", e.Message, StringComparison.Ordinal);
                continue;
            }

            AssertSound(topology, cpus, seed);
        }
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

    // One to four times: a file cut, emptied, filled with junk, removed, made a directory, or a link in a circle.
    private static FakeMachine Damage(FakeMachine original, Random random)
    {
        var machine = new FakeMachine();
        foreach (var (path, text) in original.Files)
        {
            machine.Files[path] = text;
        }

        foreach (var (path, target) in original.Links)
        {
            machine.Links[path] = target;
        }

        // Files that many facts hang on are hit as often as the thousands of small ones.
        string[] important = [.. original.Files.Keys.Where(path => path.Split('/').Length <= 5)];
        string[] all = [.. original.Files.Keys];
        for (int times = random.Next(1, 5); times > 0; times--)
        {
            string[] from = random.Next(2) == 0 && important.Length > 0 ? important : all;
            string path = from[random.Next(from.Length)];
            string text = machine.Files.GetValueOrDefault(path, "");
            switch (random.Next(7))
            {
                case 0:
                    machine.Files[path] = text[..random.Next(text.Length + 1)];
                    break;
                case 1:
                    machine.Files[path] = "";
                    break;
                case 2:
                    machine.Files[path] = Junk(random);
                    break;
                case 3:
                    machine.Files.Remove(path);
                    break;
                case 4:
                    machine.Files.Remove(path);
                    machine.Links[path] = path.Split('/')[^1];
                    break;
                case 5:
                    machine.Files.Remove(path);
                    machine.Files[path + "/file"] = "a directory now";
                    break;
                default:
                    string folder = path[..path.LastIndexOf('/')];
                    machine.Without(folder + "/");
                    machine.Links[folder] = folder.Split('/')[^1] + "/..";
                    break;
            }
        }

        return machine;
    }

    private static string Junk(Random random)
    {
        string[] samples =
        [
            "-1", "99999999999999999999", "0-", "0-65535", ",,,,", "ffffffff,ffffffff,ffffffff", "\0\0\0\0", "(null)", "0x3",
            "1 2 3 4 5 6 7 8 9", "max max", "-2147483648", "18446744073709551615", "0-3:0/0", "é中\uffff", "NaN", "1e9",
        ];
        int pick = random.Next(samples.Length + 1);
        if (pick < samples.Length)
        {
            return samples[pick];
        }

        var text = new char[random.Next(200)];
        for (int i = 0; i < text.Length; i++)
        {
            text[i] = (char)random.Next(1, 256);
        }

        return new string(text);
    }

    private static List<(FakeMachine Machine, CpuSet Cpus)> Originals()
    {
        var dual = FakeMachine.Of(2, 2, 2).AddNode(0, "0-1,4-5", 1024, "10 21").AddNode(1, "2-3,6-7", 1024, "21 10")
            .Set("proc/self/status", "Cpus_allowed:\tff").Set("proc/meminfo", "MemTotal: 2048 kB")
            .Set("proc/self/cgroup", "0::/a").Set("proc/mounts", "cgroup2 /sys/fs/cgroup cgroup2 rw 0 0")
            .Set("sys/fs/cgroup/a/cpuset.cpus.effective", "0-6").Set("sys/fs/cgroup/a/cpu.max", "100000 100000")
            .Set("sys/devices/system/cpu/isolated", "7").Set("sys/devices/system/node/online", "0-1")
            .Set("sys/devices/system/cpu/cpu0/cpufreq/cpuinfo_max_freq", "3000000");
        dual.Links["sys/devices/system/node/node0/cpu0"] = "../../cpu/cpu0";
        var hybrid = FakeMachine.Of(1, 6).Set("sys/devices/cpu_core/cpus", "0-1").Set("sys/devices/cpu_atom/cpus", "2-5");
        var sparse = FakeMachine.Of(1, 3, firstId: 40).AddNode(7, "40-42", 1024, "10");
        return
        [
            (dual, CpuSet.Parse("0-7")),
            (hybrid, CpuSet.Parse("0-5")),
            (sparse, CpuSet.Parse("40-42")),
        ];
    }
}
