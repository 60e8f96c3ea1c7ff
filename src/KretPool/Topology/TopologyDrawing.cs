using System.Globalization;
using System.Text;
using KretPool.Results;

namespace KretPool.Topology;

/// <summary>
/// Draws a machine in text: packages, dies, nodes and shared caches as boxes in each other, cores as cells with their
/// CPUs. CPUs that cannot be used have a letter behind the id, which the lines below the drawing explain.
/// </summary>
public static class TopologyDrawing
{
    /// <summary>The narrowest drawing.</summary>
    public const int MinWidth = 40;

    /// <summary>Draws a machine.</summary>
    /// <param name="topology">The machine.</param>
    /// <param name="width">Columns to draw in: at least <see cref="MinWidth"/>. Boxes that lie deep in others may need more.</param>
    /// <returns>The lines of the drawing.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The width is too small.</exception>
    public static IReadOnlyList<string> Draw(CpuTopology topology, int width = 80)
    {
        ArgumentNullException.ThrowIfNull(topology);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, MinWidth);
        var lines = new List<string>();
        var cpus = topology.Cpus.ToDictionary(cpu => cpu.Id);
        Arrange([.. DrawingBox.Of(topology).Select(box => Draw(box, cpus, width))], width, lines);
        foreach (var node in topology.Nodes.Where(node => node.Cpus.Length == 0))
        {
            string near = node.LocalCpus.Length > 0 ? $"; nearest: CPUs {node.LocalCpus}" : "";
            lines.Add(DrawingBox.NodeLabel(node) + ", no CPU" + near);
        }

        AddCommonCaches(topology, lines);
        AddLegend(topology, lines);
        return lines;
    }

    // A box as narrow as its content lets it be.
    private static List<string> Draw(DrawingBox box, Dictionary<int, LogicalCpu> cpus, int width)
    {
        int inner = Math.Max(width - 4, MinWidth / 2);
        var content = new List<string>();
        var cells = new List<string>();
        AddCells(box.Cores, cpus, inner, cells);
        Arrange([.. box.Children.Select(child => Draw(child, cpus, inner))], inner, content);

        // In the order of CPU ids, as far as cells and boxes let it be.
        bool cellsFirst = box.Cores.Count > 0 && box.Children.Count > 0 && CpuSet.Parse(box.Cores[0].Cpus)[0] < box.Children[0].First;
        content.InsertRange(cellsFirst ? 0 : content.Count, cells);
        string title = $"─ {box.Label} ";
        if (title.Length > inner + 1)
        {
            title = string.Concat(title.AsSpan(0, inner - 1), "… ");
        }

        int edge = Math.Max(content.Select(line => line.Length).DefaultIfEmpty().Max(), title.Length - 1);
        return
        [
            $"┌{title.PadRight(edge + 2, '─')}┐",
            .. content.Select(line => $"│ {line.PadRight(edge)} │"),
            $"└{new string('─', edge + 2)}┘",
        ];
    }

    // Boxes side by side, as many as fit, all of one width; each over the whole width where only one fits.
    private static void Arrange(List<List<string>> boxes, int width, List<string> lines)
    {
        int widest = boxes.Select(box => box[0].Length).DefaultIfEmpty().Max();
        int inRow = Math.Max((width + 1) / (widest + 1), 1);
        int boxWidth = inRow == 1 || boxes.Count == 1 ? Math.Max(width, widest) : widest;
        foreach (var row in boxes.Chunk(inRow))
        {
            for (int line = 0; line < row.Max(box => box.Count); line++)
            {
                lines.Add(string.Join(' ', row.Select(box => Line(box, line, boxWidth))).TrimEnd());
            }
        }
    }

    // A line of a widened box; blank below the box.
    private static string Line(List<string> box, int line, int width)
    {
        if (line >= box.Count)
        {
            return new string(' ', width);
        }

        char filler = line == 0 || line == box.Count - 1 ? '─' : ' ';
        string text = box[line];
        return text.Insert(text.Length - 1, new string(filler, width - text.Length));
    }

    private static void AddCells(List<CpuCore> cores, Dictionary<int, LogicalCpu> cpus, int width, List<string> lines)
    {
        var line = new StringBuilder();
        int cellWidth = cores.Select(core => Cell(core, cpus).Length).DefaultIfEmpty().Max();
        foreach (var core in cores)
        {
            string cell = Cell(core, cpus).PadRight(cellWidth);
            if (line.Length > 0 && line.Length + 1 + cell.Length > width)
            {
                lines.Add(line.ToString());
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(cell);
        }

        if (line.Length > 0)
        {
            lines.Add(line.ToString());
        }
    }

    private static string Cell(CpuCore core, Dictionary<int, LogicalCpu> cpus)
    {
        string kind = core.Kind switch
        {
            CpuCoreKind.Performance => "P",
            CpuCoreKind.Efficient => "E",
            _ => "",
        };
        var ids = CpuSet.Parse(core.Cpus).Select(id =>
            id.ToString(CultureInfo.InvariantCulture) + (cpus.TryGetValue(id, out var cpu) ? Mark(cpu.State) : ""));
        return $"{kind}[{string.Join(' ', ids)}]";
    }

    private static string Mark(CpuState state) => state switch
    {
        CpuState.Offline => "o",
        CpuState.HiddenByCgroup => "c",
        CpuState.OutsideAffinity => "a",
        CpuState.Isolated => "i",
        CpuState.Tickless => "t",
        _ => "",
    };

    // Caches that each core has for itself are no boxes: a line tells them.
    private static void AddCommonCaches(CpuTopology topology, List<string> lines)
    {
        var cores = DrawingBox.CoreOf(topology);
        var own = topology.Caches.Select(cache => (Cache: cache, Core: DrawingBox.OwnerOf(cache, cores)))
            .Where(pair => pair.Core is not null).GroupBy(pair => pair.Core!.Kind, pair => pair.Cache);
        foreach (var kind in own.OrderBy(kind => kind.Key))
        {
            string owner = kind.Key == CpuCoreKind.Unknown ? "" : $"{kind.Key} ".ToLowerInvariant();
            var sizes = kind.Select(cache => $"{cache.Name} {(cache.SizeBytes is { } size ? ResultText.Bytes(size) : "of unknown size")}").Distinct();
            lines.Add($"Each {owner}core: {string.Join(", ", sizes)}");
        }
    }

    private static void AddLegend(CpuTopology topology, List<string> lines)
    {
        foreach (var group in topology.Cpus.Where(cpu => cpu.Reason is not null).GroupBy(cpu => (cpu.State, cpu.Reason)))
        {
            string mark = Mark(group.Key.State);
            lines.Add($"{mark}  CPUs {CpuSet.From(group.Select(cpu => cpu.Id))}: {group.Key.Reason}");
        }
    }
}
