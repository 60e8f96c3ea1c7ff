namespace KretPool.Topology.Linux;

/// <summary>Caches of the online CPUs.</summary>
/// <remarks>Documentation/ABI/testing/sysfs-devices-system-cpu, cpuN/cache/indexM; on SPARC, files in cpuN itself
/// (arch/sparc/kernel/sysfs.c).</remarks>
internal sealed class Caches
{
    private static readonly (string File, int Level, string? Type)[] s_sparcCaches =
        [("l1_dcache", 1, "Data"), ("l1_icache", 1, "Instruction"), ("l2_cache", 2, "Unified")];

    private readonly KernelFiles _files;
    private readonly CpuSet _online;
    private readonly CpuLayout _layout;
    private readonly List<CpuCache> _caches = [];

    // By name, the cache that a CPU is known to share.
    private readonly Dictionary<string, Dictionary<int, CpuCache>> _cacheOf = new(StringComparer.Ordinal);

    // Which CPUs' indexM is known already as a part of another CPU's cache: their files need not be read.
    private readonly Dictionary<int, CpuSet> _known = [];

    private Caches(KernelFiles files, CpuSet online, CpuLayout layout)
    {
        _files = files;
        _online = online;
        _layout = layout;
    }

    public static List<CpuCache> Read(KernelFiles files, CpuSet online, CpuLayout layout)
    {
        var caches = new Caches(files, online, layout);
        foreach (int cpu in online)
        {
            caches.ReadOwn(cpu);
        }

        // By level, L1d before L1i, and in each by first CPU, which is the order they were found in.
        var ordered = new List<CpuCache>(caches._caches.Count);
        foreach (string name in new SortedSet<string>(caches._cacheOf.Keys, StringComparer.Ordinal))
        {
            ordered.AddRange(caches._caches.FindAll(cache => cache.Name == name));
        }

        return ordered;
    }

    private void ReadOwn(int cpu)
    {
        string directory = $"{CpuPresence.Root}/cpu{cpu}";
        var indexes = _files.Numbered(directory + "/cache", "index");
        foreach (int index in indexes)
        {
            if (!_known.ContainsKey(Key(index, cpu))
                && ReadOne($"{directory}/cache/index{index}", cpu) is { } sharers)
            {
                foreach (int sharer in sharers)
                {
                    _known.TryAdd(Key(index, sharer), sharers);
                }
            }
        }

        if (indexes.Count == 0)
        {
            ReadSparc(directory, cpu);
        }
    }

    // SPARC does not tell who shares a cache; a core's threads do at least.
    private void ReadSparc(string directory, int cpu)
    {
        foreach (var (name, level, type) in s_sparcCaches)
        {
            if (CacheOf(Name(level, type), cpu) is null
                && Positive(_files.Id($"{directory}/{name}_size")) is { } size)
            {
                Add(level, type, size, Positive(_files.Id($"{directory}/{name}_line_size")), null, _layout.CoreOf(cpu));
            }
        }
    }

    private static int Key(int index, int cpu) => (index << 16) + cpu;

    private CpuCache? CacheOf(string name, int cpu) =>
        _cacheOf.TryGetValue(name, out var cacheOf) && cacheOf.TryGetValue(cpu, out var cache) ? cache : null;

    private void Add(int level, string? type, long? size, int? lineSize, int? ways, CpuSet sharers)
    {
        string name = Name(level, type), cpus = sharers.ToString();
        if (CacheOf(name, sharers[0])?.Cpus == cpus)
        {
            return;
        }

        if (!_cacheOf.TryGetValue(name, out var cacheOf))
        {
            _cacheOf[name] = cacheOf = [];
        }

        var cache = new CpuCache(name, level, type, size, lineSize, ways, cpus);
        _caches.Add(cache);
        foreach (int sharer in sharers)
        {
            cacheOf.TryAdd(sharer, cache);
        }
    }

    private CpuSet? ReadOne(string directory, int cpu)
    {
        var files = _files;
        if (files.Id(directory + "/level", expected: true) is not ({ } level and >= 1 and <= 9))
        {
            return null;
        }

        string? type = CacheType(files, directory + "/type");
        string name = Name(level, type);
        var sharers = files.MaskOrList(
            directory + "/shared_cpu_map", directory + "/shared_cpu_list", expected: true, cpus => Contradiction(name, cpu, cpus));
        if (sharers is null)
        {
            return null;
        }

        // Some firmware shares a cache with nobody: it is the core's own then.
        sharers = sharers.Count == 0 ? _layout.CoreOf(cpu) : sharers.Intersect(_online);
        int? lineSize = Positive(files.Id(directory + "/coherency_line_size"));
        long? size = Size(files, directory + "/size");
        int? ways = Positive(files.Id(directory + "/ways_of_associativity"));
        if (Positive(files.Id(directory + "/number_of_sets")) is { } sets && lineSize is { } line)
        {
            // Some architectures write 0 or all ones for the ways of a fully associative cache, some firmware the ways
            // of a part of it. Sets and lines tell them; a single set tells nothing.
            long perWay = (long)line * sets * (Positive(files.Id(directory + "/physical_line_partition")) ?? 1);
            size ??= ways * perWay;
            ways = sets > 1 && size >= perWay && size / perWay <= int.MaxValue ? (int)(size.Value / perWay) : ways;
        }

        Add(level, type, size, lineSize, ways, sharers);
        return sharers;
    }

    private string? Contradiction(string name, int cpu, CpuSet cpus)
    {
        if (cpus.Count == 0)
        {
            return null;
        }

        if (!cpus.Contains(cpu))
        {
            return $"CPUs '{cpus}' lack the CPU itself";
        }

        string? list = null;
        foreach (int other in cpus)
        {
            if (CacheOf(name, other) is { } known
                && known.Cpus != (list ??= cpus.Intersect(_online).ToString()))
            {
                return $"CPUs '{cpus}' hold CPU {other}, which shares another {name}";
            }
        }

        return null;
    }

    private static string Name(int level, string? type) => type switch
    {
        "Data" => $"L{level}d",
        "Instruction" => $"L{level}i",
        _ => $"L{level}",
    };

    private static string? CacheType(KernelFiles files, string path)
    {
        string? type = files.Text(path, expected: true);
        if (type is null or "Data" or "Instruction" or "Unified")
        {
            return type;
        }

        files.Lost.Add(path, KernelFiles.Nonsense(type, "Data, Instruction or Unified"));
        return null;
    }

    // 32K. Zero is how the kernel says that it does not know.
    private static long? Size(KernelFiles files, string path)
    {
        string? text = files.Text(path, expected: true);
        if (text is null)
        {
            return null;
        }

        int shift = text.Length == 0 ? 0 : text[^1] switch { 'K' => 10, 'M' => 20, 'G' => 30, _ => 0 };
        var digits = shift == 0 ? text.AsSpan() : text.AsSpan(0, text.Length - 1);
        if (!int.TryParse(digits, out int number) || number < 0)
        {
            files.Lost.Add(path, KernelFiles.Nonsense(text, "a size"));
            return null;
        }

        return number == 0 ? null : (long)number << shift;
    }

    private static int? Positive(int? number) => number > 0 ? number : null;
}
