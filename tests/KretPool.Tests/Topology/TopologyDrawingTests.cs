using KretPool.Topology;

namespace KretPool.Tests.Topology;

public sealed class TopologyDrawingTests
{
    [Fact]
    public void A_machine_of_two_cpus_is_one_box()
    {
        var lines = TopologyDrawing.Draw(FakeMachine.Of(1, 2).AddNode(0, "0-1", 2 << 20, "10").Read(), 60);

        Assert.Equal(
            [
                "┌─ Package 0 · Node 0 2 GiB · L3 32 MiB ───────────────────┐",
                "│ [0] [1]                                                  │",
                "└──────────────────────────────────────────────────────────┘",
                "Each core: L1d 32 KiB, L1i 32 KiB, L2 1 MiB",
            ],
            lines);
    }

    [Fact]
    public void Every_cpu_of_512_is_drawn_once_and_no_line_is_too_wide()
    {
        var lines = TopologyDrawing.Draw(FakeMachine.Of(8, 32, 2).Read(), 80);

        Assert.All(lines, line => Assert.InRange(line.Length, 1, 80));
        Assert.InRange(lines.Count, 8 * 3, 100);
        string cells = string.Concat(lines.Where(line => line.Contains('[', StringComparison.Ordinal))).Replace(']', ' ').Replace('[', ' ');
        for (int cpu = 0; cpu < 512; cpu++)
        {
            Assert.Equal(2, cells.Split($" {cpu} ").Length);
        }
    }

    [Fact]
    public void A_cpu_that_cannot_be_used_is_marked_and_the_reason_told()
    {
        var lines = TopologyDrawing.Draw(FakeMachine.Of(1, 4).Set("sys/devices/system/cpu/isolated", "3")
            .Set("proc/self/status", "Cpus_allowed: b").Read());

        Assert.Contains(lines, line => line.Contains("[0]  [1]  [2a] [3i]", StringComparison.Ordinal));
        Assert.Contains("i  CPUs 3: isolated (isolcpus)", lines);
        Assert.Contains("a  CPUs 2: outside the process's affinity", lines);
    }

    [Fact]
    public void A_node_of_memory_only_stands_below_the_boxes() =>
        Assert.Contains(
            "Node 2 4 GiB, no CPU; nearest: CPUs 0-1",
            TopologyDrawing.Draw(FakeMachine.Of(1, 2).AddNode(0, "0-1", 1024, "10 17").AddNode(2, "", 4 << 20, "17 10").Read()));

    [Fact]
    public void Small_boxes_stand_side_by_side() =>
        Assert.Equal(
            [
                "┌─ Package 0 · L3 32 MiB ─┐ ┌─ Package 1 · L3 32 MiB ─┐",
                "│ [0] [1]                 │ │ [2] [3]                 │",
                "└─────────────────────────┘ └─────────────────────────┘",
                "┌─ Package 2 · L3 32 MiB ─┐",
                "│ [4] [5]                 │",
                "└─────────────────────────┘",
            ],
            TopologyDrawing.Draw(FakeMachine.Of(3, 2).Read(), 60).Take(6));

    [Fact]
    public void A_machine_that_tells_nothing_but_its_cpus_is_drawn_as_cells() =>
        Assert.Contains(
            TopologyDrawing.Draw(new FakeMachine { ["sys/devices/system/cpu/online"] = "0-1" }.Read()),
            line => line.Contains("[0] [1]", StringComparison.Ordinal));
}
