namespace KretPool.Topology;

/// <summary>A package (socket).</summary>
/// <param name="Id">The id that the kernel gives it; null where it numbers none (s390).</param>
/// <param name="Cpus">Its online CPUs, as a CPU list.</param>
public sealed record CpuPackage(int? Id, string Cpus)
{
    /// <summary>The book it is in; null where there are no books.</summary>
    public int? BookId { get; init; }
}
