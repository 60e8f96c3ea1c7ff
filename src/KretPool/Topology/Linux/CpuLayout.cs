namespace KretPool.Topology.Linux;

/// <summary>Drawers, books, packages, dies, clusters and cores of the online CPUs.</summary>
/// <remarks>Documentation/admin-guide/cputopology.rst. Names of files before Linux 5.2: core_siblings for
/// package_cpus, thread_siblings for core_cpus.</remarks>
internal sealed class CpuLayout
{
    private readonly CpuLevel _drawers, _books, _packages, _dies, _clusters, _cores;

    public CpuLayout(KernelFiles files, CpuSet online, CpuInfo info)
    {
        _drawers = new(files, online, "drawer_id", true, ("drawer_siblings", "drawer_siblings_list"));
        _books = new(files, online, "book_id", true, ("book_siblings", "book_siblings_list"));
        _packages = new(files, online, "physical_package_id", false,
            ("package_cpus", "package_cpus_list"), ("core_siblings", "core_siblings_list"));
        _dies = new(files, online, "die_id", true, ("die_cpus", "die_cpus_list"));
        _clusters = new(files, online, "cluster_id", true, ("cluster_cpus", "cluster_cpus_list"));
        _cores = new(files, online, "core_id", false,
            ("core_cpus", "core_cpus_list"), ("thread_siblings", "thread_siblings_list"));
        foreach (int cpu in online)
        {
            Place(cpu, info);
        }
    }

    public List<CpuDrawer> Drawers => Each(_drawers, group => new CpuDrawer(group.Id!.Value, group.List));

    public List<CpuBook> Books =>
        Each(_books, group => new CpuBook(group.Id!.Value, _drawers.GroupOf(group.First)?.Id, group.List));

    public List<CpuPackage> Packages =>
        Each(_packages, group => new CpuPackage(group.Id, group.List) { BookId = _books.GroupOf(group.First)?.Id });

    public List<CpuDie> Dies => Each(_dies, group => new CpuDie(group.Id!.Value, PackageId(group.First), group.List));

    public List<CpuCluster> Clusters => Each(
        _clusters,
        group => new CpuCluster(group.Id!.Value, PackageId(group.First), group.List) { DieId = DieId(group.First) });

    public int? PackageId(int cpu) => _packages.GroupOf(cpu)?.Id;

    public int? DieId(int cpu) => _dies.GroupOf(cpu)?.Id;

    public int? CoreId(int cpu) => _cores.GroupOf(cpu)?.Id;

    /// <summary>The CPUs of a CPU's core; only itself if the machine does not tell.</summary>
    public CpuSet CoreOf(int cpu) => CpuSet.From(_cores.GroupOf(cpu)?.Cpus ?? [cpu]);

    public List<CpuCore> Cores(CoreKinds kinds, Frequencies frequencies, CpuInfo info) => Each(
        _cores,
        group => new CpuCore(group.Id, PackageId(group.First), kinds.Of(group.First), group.List)
        {
            DieId = DieId(group.First),
            ClusterId = _clusters.GroupOf(group.First)?.Id,
            ModelName = info.ModelOf(group.First),
            MaxMHz = frequencies.MaxMHz(group.First),
            BaseMHz = frequencies.BaseMHz(group.First),
        });

    private void Place(int cpu, CpuInfo info)
    {
        int? packageId = info.PackageIds.TryGetValue(cpu, out int package) ? package : null;
        int? coreId = info.CoreIds.TryGetValue(cpu, out int core) ? core : null;
        _books.Place(cpu, _drawers.Place(cpu, null));
        var inPackage = _packages.Place(cpu, _books.GroupOf(cpu), packageId);
        var inDie = _dies.Place(cpu, inPackage);
        _clusters.Place(cpu, inDie ?? inPackage);
        _cores.Place(cpu, inDie ?? inPackage, coreId);
    }

    private static List<T> Each<T>(CpuLevel level, Func<CpuLevel.Group, T> make)
    {
        var list = new List<T>(level.Groups.Count);
        foreach (var group in level.Groups)
        {
            list.Add(make(group));
        }

        return list;
    }
}
