namespace KretPool.Topology;

/// <summary>Huge pages of one size that are set aside.</summary>
/// <param name="PageBytes">Size of a page in bytes.</param>
/// <param name="Total">How many there are.</param>
/// <param name="Free">How many nobody uses; null if the machine does not tell.</param>
public sealed record HugePages(long PageBytes, long Total, long? Free);
