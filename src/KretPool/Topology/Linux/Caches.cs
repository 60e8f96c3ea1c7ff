namespace KretPool.Topology.Linux;

/// <summary>Caches of the online CPUs.</summary>
/// <remarks>Documentation/ABI/testing/sysfs-devices-system-cpu, cpuN/cache/indexM.</remarks>
internal static class Caches
{
    public static List<CpuCache> Read(KernelFiles files, CpuSet online, CpuLayout layout)
    {
        var caches = new List<CpuCache>();
        var names = new Dictionary<string, CpuCache>(StringComparer.Ordinal);
        // Which CPUs' indexM is known already as a part of another CPU's cache: their files need not be read.
        var known = new Dictionary<int, CpuSet>();
        foreach (int cpu in online)
        {
            string directory = $"{CpuPresence.Root}/cpu{cpu}/cache";
            foreach (int index in files.Numbered(directory, "index"))
            {
                if (known.TryGetValue(Key(index, cpu), out _))
                {
                    continue;
                }

                if (ReadOne(files, $"{directory}/index{index}", cpu, online, layout) is not { } found)
                {
                    continue;
                }

                var (cache, sharers) = found;

                foreach (int sharer in sharers)
                {
                    known.TryAdd(Key(index, sharer), sharers);
                }

                if (names.TryAdd(cache.Name + ":" + cache.Cpus, cache))
                {
                    caches.Add(cache);
                }
            }
        }

        // By level, L1d before L1i, and in each by first CPU, which is the order they were found in.
        var ordered = new List<CpuCache>(caches.Count);
        foreach (string name in Names(caches))
        {
            ordered.AddRange(caches.FindAll(cache => cache.Name == name));
        }

        return ordered;
    }

    private static (CpuCache Cache, CpuSet Sharers)? ReadOne(
        KernelFiles files, string directory, int cpu, CpuSet online, CpuLayout layout)
    {
        if (files.Id(directory + "/level", expected: true) is not ({ } level and >= 1 and <= 9))
        {
            return null;
        }

        string mask = directory + "/shared_cpu_map";
        var sharers = files.MaskOrList(mask, directory + "/shared_cpu_list", expected: true);
        if (sharers is null)
        {
            return null;
        }

        if (sharers.Count == 0)
        {
            // Some firmware shares a cache with nobody: it is the core's own then.
            sharers = layout.CoreOf(cpu);
        }
        else if (!sharers.Contains(cpu))
        {
            files.Lost.Add(mask, $"CPUs '{sharers}' lack the CPU itself");
            return null;
        }

        sharers = sharers.Intersect(online);
        string? type = CacheType(files, directory + "/type");
        int? lineSize = Positive(files.Id(directory + "/coherency_line_size"));
        int? ways = Positive(files.Id(directory + "/ways_of_associativity"));
        long? size = Size(files, directory + "/size");
        if (size is null && lineSize is { } line && ways is { } columns
            && Positive(files.Id(directory + "/number_of_sets")) is { } sets)
        {
            size = (long)line * columns * sets;
        }

        return (new CpuCache(Name(level, type), level, type, size, lineSize, ways, sharers.ToString()), sharers);
    }

    private static int Key(int index, int cpu) => (index << 16) + cpu;

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

    private static SortedSet<string> Names(List<CpuCache> caches)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var cache in caches)
        {
            names.Add(cache.Name);
        }

        return names;
    }
}
