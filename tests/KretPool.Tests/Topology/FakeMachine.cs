using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using KretPool.Topology;
using KretPool.Topology.Capture;
using KretPool.Topology.Linux;

namespace KretPool.Tests.Topology;

/// <summary>A Linux machine made of files in memory. A test writes those that matter to it.</summary>
internal sealed class FakeMachine
{
    private const string Cpu = "sys/devices/system/cpu";

    public SortedDictionary<string, string> Files { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, string> Links { get; } = new(StringComparer.Ordinal);

    public string this[string path]
    {
        set => Files[path] = value + "\n";
    }

    /// <summary>A machine whose packages, cores and threads have ascending ids, siblings half the machine apart.</summary>
    public static FakeMachine Of(int packages, int coresPerPackage, int threadsPerCore = 1, int firstId = 0)
    {
        var machine = new FakeMachine();
        int cores = packages * coresPerPackage, cpus = cores * threadsPerCore;
        string all = new CpuRange(firstId, firstId + cpus - 1).ToString();
        machine[Cpu + "/present"] = all;
        machine[Cpu + "/possible"] = all;
        machine[Cpu + "/online"] = all;
        machine["proc/cpuinfo"] = $"processor\t: {firstId}\nvendor_id\t: AuthenticAMD\nmodel name\t: Test CPU\nflags\t: fpu lm";
        for (int cpu = 0; cpu < cpus; cpu++)
        {
            int core = cpu % cores, package = core / coresPerPackage;
            var siblings = Enumerable.Range(0, threadsPerCore).Select(thread => firstId + core + (thread * cores));
            var neighbours = Enumerable.Range(0, cpus).Where(other => other % cores / coresPerPackage == package).Select(id => firstId + id);
            string directory = $"{Cpu}/cpu{firstId + cpu}";
            machine[directory + "/topology/physical_package_id"] = Text(package);
            machine[directory + "/topology/core_id"] = Text(core % coresPerPackage);
            machine[directory + "/topology/core_cpus"] = Mask(siblings);
            machine[directory + "/topology/package_cpus"] = Mask(neighbours);
            machine.AddCache(firstId + cpu, 0, 1, "Data", "32K", siblings);
            machine.AddCache(firstId + cpu, 1, 1, "Instruction", "32K", siblings);
            machine.AddCache(firstId + cpu, 2, 2, "Unified", "1024K", siblings);
            machine.AddCache(firstId + cpu, 3, 3, "Unified", "32768K", neighbours);
        }

        return machine;
    }

    /// <summary>The machine of a .tar.gz that holds it in one folder.</summary>
    public static FakeMachine FromTarGZip(string archive)
    {
        var machine = new FakeMachine();
        using var tar = new TarReader(new GZipStream(File.OpenRead(archive), CompressionMode.Decompress));
        while (tar.GetNextEntry() is { } entry)
        {
            string path = entry.Name[(entry.Name.IndexOf('/', StringComparison.Ordinal) + 1)..];
            if (entry.EntryType is TarEntryType.SymbolicLink)
            {
                machine.Links[path] = entry.LinkName;
            }
            else if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile)
            {
                using var text = new StreamReader(entry.DataStream ?? Stream.Null);
                machine.Files[path] = text.ReadToEnd();
            }
        }

        return machine;
    }

    public FakeMachine AddCache(int cpu, int index, int level, string type, string size, IEnumerable<int> sharers)
    {
        string directory = $"{Cpu}/cpu{cpu}/cache/index{index}";
        this[directory + "/level"] = Text(level);
        this[directory + "/type"] = type;
        this[directory + "/size"] = size;
        this[directory + "/coherency_line_size"] = "64";
        this[directory + "/ways_of_associativity"] = "8";
        this[directory + "/shared_cpu_map"] = Mask(sharers);
        return this;
    }

    public FakeMachine AddNode(int id, string cpus, long kilobytes, string distances)
    {
        string directory = $"sys/devices/system/node/node{id}";
        this[directory + "/cpumap"] = Mask(CpuSet.Parse(cpus));
        this[directory + "/distance"] = distances;
        this[directory + "/meminfo"] = $"Node {id} MemTotal: {kilobytes} kB\nNode {id} MemFree: {kilobytes / 2} kB";
        return this;
    }

    public FakeMachine Set(string path, string text)
    {
        this[path] = text;
        return this;
    }

    public FakeMachine Without(string prefix)
    {
        foreach (var entries in new[] { Files, Links })
        {
            foreach (string path in entries.Keys.Where(path => path.StartsWith(prefix, StringComparison.Ordinal)).ToList())
            {
                entries.Remove(path);
            }
        }

        return this;
    }

    /// <summary>A machine with the same files and links.</summary>
    public FakeMachine Copy()
    {
        var copy = new FakeMachine();
        foreach (var (path, text) in Files)
        {
            copy.Files.Add(path, text);
        }

        foreach (var (path, target) in Links)
        {
            copy.Links.Add(path, target);
        }

        return copy;
    }

    public CpuTopology Read()
    {
        using var tree = new CaptureTree("test machine", Entry());
        return LinuxTopology.Read(tree);
    }

    /// <summary>The machine as a tree of entries.</summary>
    public TreeEntry Entry()
    {
        var root = ArchiveEntry.Directory();
        foreach (var (path, text) in Files)
        {
            Put(root, path, ArchiveEntry.File(Encoding.UTF8.GetBytes(text)));
        }

        foreach (var (path, target) in Links)
        {
            Put(root, path, ArchiveEntry.Link(target));
        }

        return root;
    }

    public void WriteTar(Stream stream, string top = "")
    {
        using var tar = new TarWriter(stream, leaveOpen: true);
        foreach (var (path, text) in Files)
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, top + path)
            {
                DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)),
            });
        }

        foreach (var (path, target) in Links)
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, top + path) { LinkName = target });
        }
    }

    public void WriteZip(Stream stream)
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var (path, text) in Files)
        {
            using var content = zip.CreateEntry(path).Open();
            content.Write(Encoding.UTF8.GetBytes(text));
        }
    }

    public void WriteFolder(string folder)
    {
        foreach (var (path, text) in Files)
        {
            string file = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }

        foreach (var (path, target) in Links)
        {
            string link = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(link)!);
            File.CreateSymbolicLink(link, target);
        }
    }

    /// <summary>The kernel's mask of some CPUs.</summary>
    public static string Mask(IEnumerable<int> cpus)
    {
        var ids = cpus.ToList();
        uint[] words = new uint[(ids.DefaultIfEmpty().Max() / 32) + 1];
        foreach (int id in ids)
        {
            words[id / 32] |= 1u << (id % 32);
        }

        return string.Join(',', words.Reverse().Select(word => word.ToString("x8", CultureInfo.InvariantCulture)));
    }

    private static void Put(ArchiveEntry root, string path, ArchiveEntry entry)
    {
        string[] parts = path.Split('/');
        var children = root.Children!;
        foreach (string part in parts[..^1])
        {
            if (!children.TryGetValue(part, out var directory) || directory.Children is null)
            {
                children[part] = directory = ArchiveEntry.Directory();
            }

            children = directory.Children!;
        }

        children[parts[^1]] = entry;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private readonly record struct CpuRange(int First, int Last)
    {
        public override string ToString() => First == Last ? Text(First) : $"{Text(First)}-{Text(Last)}";
    }
}
