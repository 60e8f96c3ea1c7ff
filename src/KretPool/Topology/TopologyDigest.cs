using System.Globalization;

namespace KretPool.Topology;

/// <summary>Hashes the shape of a machine with FNV-1a, 64 bits: stable over runs, versions and operating systems, and
/// free of the milliseconds that loading a cryptographic library takes.</summary>
internal static class TopologyDigest
{
    public static string Of(CpuTopology topology)
    {
        var hash = new Fnv1a();
        hash.Add(topology.Architecture, topology.Vendor, topology.ModelName, topology.PresentCpus, topology.OnlineCpus);
        foreach (var drawer in topology.Drawers)
        {
            hash.Add("drawer", Text(drawer.Id), drawer.Cpus);
        }

        foreach (var book in topology.Books)
        {
            hash.Add("book", Text(book.Id), book.Cpus);
        }

        foreach (var package in topology.Packages)
        {
            hash.Add("package", Text(package.Id), package.Cpus);
        }

        foreach (var die in topology.Dies)
        {
            hash.Add("die", Text(die.Id), die.Cpus);
        }

        foreach (var cluster in topology.Clusters)
        {
            hash.Add("cluster", Text(cluster.Id), cluster.Cpus);
        }

        foreach (var core in topology.Cores)
        {
            hash.Add("core", Text(core.Id), core.Cpus, Text((int)core.Kind));
        }

        foreach (var cache in topology.Caches)
        {
            hash.Add("cache", cache.Name, cache.Cpus, cache.SizeBytes?.ToString(CultureInfo.InvariantCulture));
        }

        foreach (var node in topology.Nodes)
        {
            hash.Add("node", Text(node.Id), node.Cpus);
            foreach (var (id, distance) in node.Distances)
            {
                hash.Add("distance", Text(id), Text(distance));
            }
        }

        return hash.ToString();
    }

    private static string? Text(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    /// <summary>Fowler, Noll and Vo's hash 1a, http://www.isthe.com/chongo/tech/comp/fnv/.</summary>
    private struct Fnv1a()
    {
        private ulong _state = 14695981039346656037;

        public void Add(params ReadOnlySpan<string?> parts)
        {
            foreach (string? part in parts)
            {
                foreach (char letter in part ?? "\u0001")
                {
                    Add((byte)letter);
                    Add((byte)(letter >> 8));
                }

                Add(0); // Ends a part, so that "a", "bc" and "ab", "c" differ.
            }
        }

        public override readonly string ToString() => _state.ToString("x16", CultureInfo.InvariantCulture);

        private void Add(byte value) => _state = (_state ^ value) * 1099511628211;
    }
}
