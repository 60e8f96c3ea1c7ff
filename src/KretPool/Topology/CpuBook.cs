namespace KretPool.Topology;

/// <summary>A book: packages on one board of a mainframe (s390).</summary>
/// <param name="Id">The id that the kernel gives it.</param>
/// <param name="DrawerId">The drawer it is in; null where there are no drawers.</param>
/// <param name="Cpus">Its online CPUs, as a CPU list.</param>
public sealed record CpuBook(int Id, int? DrawerId, string Cpus);
