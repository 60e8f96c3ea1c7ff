using KretPool.Pools;
using KretPool.Pools.Flagship;
using KretPool.Tests.Pools.Lineage;

namespace KretPool.Tests.Pools.Flagship;

/// <summary>
/// The flagship under every order of its steps that few preemptions can make, and under many random ones: it behaves as
/// a bag of objects, in which nothing is out twice, lost or invented, and from which a rent misses only if it is empty.
/// </summary>
public class FlagshipExplorationTests
{
    private static readonly KretPoolSettings s_usual = new() { LooseSlots = 4 };

    // Shortages begin and end all the time.
    private static readonly KretPoolSettings s_hasty = new() { LooseSlots = 1, PlentyAfter = 1, ShortAfter = 1 };

    private static readonly Dictionary<string, ExploredScenario> s_scenarios = new()
    {
        ["two threads and a single object"] = Scenario(s_usual, 1, [], ["r p r", "r p r"]),
        ["an owner and a thief"] = Scenario(s_usual, 2, ["r2 p2"], ["r p r r", "r r"]),
        ["an owner and two thieves"] = Scenario(s_usual, 2, ["r2 p2"], ["r p", "r p", "r"]),
        ["a bulk and two thieves"] = Scenario(s_usual, 4, ["r4 p4"], ["r3", "r r", "r"]),
        ["bulks against each other"] = Scenario(s_usual, 3, ["r3 p3"], ["r2 p2", "r2 p2"]),
        ["as many objects as threads"] = Scenario(s_usual, 2, ["r2 p2"], ["r p r p", "r p r p"]),
        ["objects that change hands"] = Scenario(s_usual, 2, [], ["r > < p", "r > < p"]),
        ["a magazine on its way to a thread"] = Scenario(s_usual with { FirstFill = 2 }, 2, [], ["r p", "r p"]),
        ["positions that wrap"] = Scenario(
            s_usual with { FirstPosition = long.MaxValue - 1 }, 3, ["r3 p3"], ["r2 p2 r", "r p r"]),
        ["shortages that begin and end"] = Scenario(s_hasty, 2, ["r2 p2"], ["r p r", "r p r"]),
        ["shortages with room for one loose object"] = Scenario(s_hasty, 3, ["r3 p3"], ["r p", "r2 p2", "r p"]),
        ["a shortage that a return meets"] = Scenario(s_hasty, 1, ["r"], ["p r", "r", "r"]),
    };

    public static TheoryData<string> Scenarios => [.. s_scenarios.Keys];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void No_order_with_two_preemptions_breaks_a_promise(string scenario) => s_scenarios[scenario].ExploreAll(2);

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void No_random_order_breaks_a_promise(string scenario) => s_scenarios[scenario].ExploreAtRandom(200);

    private static ExploredScenario Scenario(KretPoolSettings settings, int capacity, string[] setup, string[] scripts) =>
        new(
            objects => new KretPool<nint>(new PoolOptions<nint>(objects) { Topology = LineageScene.Machine(1) }, settings),
            capacity,
            setup,
            scripts);
}
