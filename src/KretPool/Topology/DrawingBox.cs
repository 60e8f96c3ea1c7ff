using System.Globalization;
using KretPool.Results;

namespace KretPool.Topology;

/// <summary>A box of the drawing: a part of the machine, the parts inside it, and the cores that are in none of those.</summary>
internal sealed class DrawingBox(string label, CpuSet cpus)
{
    public string Label { get; private set; } = label;

    public int First => cpus[0];

    public List<DrawingBox> Children { get; } = [];

    public List<CpuCore> Cores { get; } = [];

    /// <summary>The outermost boxes of a machine.</summary>
    public static List<DrawingBox> Of(CpuTopology topology)
    {
        var root = new DrawingBox("Machine", CpuSet.Parse(topology.OnlineCpus));
        // Wider parts first; of equally wide ones, the order here is the order of their labels.
        var parts = new List<(string Label, CpuSet Cpus)>();
        parts.AddRange(topology.Drawers.Select(part => (Text($"Drawer {part.Id}"), CpuSet.Parse(part.Cpus))));
        parts.AddRange(topology.Books.Select(part => (Text($"Book {part.Id}"), CpuSet.Parse(part.Cpus))));
        parts.AddRange(topology.Packages.Select(part => (part.Id is null ? "Package" : Text($"Package {part.Id}"), CpuSet.Parse(part.Cpus))));
        parts.AddRange(topology.Nodes.Where(node => node.Cpus.Length > 0).Select(node => (NodeLabel(node), CpuSet.Parse(node.Cpus))));
        if (topology.Dies.Count > topology.Packages.Count)
        {
            parts.AddRange(topology.Dies.Select(part => (Text($"Die {part.Id}"), CpuSet.Parse(part.Cpus))));
        }

        var cores = CoreOf(topology);
        parts.AddRange(topology.Caches.Where(cache => OwnerOf(cache, cores) is null).OrderByDescending(cache => cache.Level)
            .Select(cache => ($"{cache.Name}{(cache.SizeBytes is { } size ? " " + ResultText.Bytes(size) : "")}", CpuSet.Parse(cache.Cpus))));
        foreach (var (label, cpus) in parts.OrderByDescending(part => part.Cpus.Count))
        {
            root.Add(label, cpus);
        }

        foreach (var core in topology.Cores)
        {
            root.Add(core, CpuSet.Parse(core.Cpus));
        }

        var told = CpuSet.From(topology.Cores.SelectMany(core => CpuSet.Parse(core.Cpus)));
        foreach (int cpu in CpuSet.Parse(topology.OnlineCpus).Except(told))
        {
            // A CPU whose core the machine does not tell is a cell of its own.
            var alone = CpuSet.From([cpu]);
            root.Add(new CpuCore(null, null, CpuCoreKind.Unknown, alone.ToString()), alone);
        }

        root.Order();
        bool split = root.Children.Count > 0 && root.Cores.Count == 0;
        return split ? root.Children : [root];
    }

    /// <summary>The core of each CPU.</summary>
    public static Dictionary<int, CpuCore> CoreOf(CpuTopology topology) => topology.Cores
        .SelectMany(core => CpuSet.Parse(core.Cpus).Select(cpu => (cpu, core))).ToDictionary(pair => pair.cpu, pair => pair.core);

    /// <summary>The core that has a cache for itself; null if several share it.</summary>
    public static CpuCore? OwnerOf(CpuCache cache, Dictionary<int, CpuCore> cores)
    {
        var cpus = CpuSet.Parse(cache.Cpus);
        return cores.TryGetValue(cpus[0], out var core) && cpus.All(cpu => cores.GetValueOrDefault(cpu) == core) ? core : null;
    }

    public static string NodeLabel(NumaNode node)
    {
        string memory = node.MemoryTotalBytes switch
        {
            null => "",
            0 => " without memory",
            { } bytes => " " + ResultText.Bytes(bytes),
        };
        return Text($"Node {node.Id}{memory}{(node.MemoryKind is null ? "" : " " + node.MemoryKind)}");
    }

    private bool Holds(CpuSet part) => part.Except(cpus).Count == 0;

    // Into the innermost box that holds it. Parts that straddle boxes cannot be drawn and are left out.
    private void Add(string part, CpuSet partCpus)
    {
        if (partCpus.Count == 0 || !Holds(partCpus))
        {
            return;
        }

        var inside = Children.Find(child => child.Holds(partCpus));
        if (inside is null)
        {
            if (!Children.Exists(child => child.Overlaps(partCpus)))
            {
                Children.Add(new(part, partCpus));
            }
        }
        else if (inside.HasJust(partCpus))
        {
            inside.Label += " · " + part;
        }
        else
        {
            inside.Add(part, partCpus);
        }
    }

    private void Add(CpuCore core, CpuSet coreCpus)
    {
        var inside = Children.Find(child => child.Holds(coreCpus));
        if (inside is null)
        {
            Cores.Add(core);
        }
        else
        {
            inside.Add(core, coreCpus);
        }
    }

    private bool HasJust(CpuSet part) => part.Equals(cpus);

    private bool Overlaps(CpuSet part) => part.Intersect(cpus).Count > 0;

    private void Order()
    {
        Children.Sort((a, b) => a.First.CompareTo(b.First));
        foreach (var child in Children)
        {
            child.Order();
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
