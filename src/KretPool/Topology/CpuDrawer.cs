namespace KretPool.Topology;

/// <summary>A drawer: books in one slot of a mainframe (s390).</summary>
/// <param name="Id">The id that the kernel gives it.</param>
/// <param name="Cpus">Its online CPUs, as a CPU list.</param>
public sealed record CpuDrawer(int Id, string Cpus);
