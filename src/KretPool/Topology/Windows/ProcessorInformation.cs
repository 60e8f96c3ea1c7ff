using System.Buffers.Binary;

namespace KretPool.Topology.Windows;

/// <summary>
/// The records that GetLogicalProcessorInformationEx returns, parsed from their bytes, so that they can be tested
/// anywhere. Records that are cut off or of an unknown kind are skipped.
/// </summary>
/// <remarks>
/// SYSTEM_LOGICAL_PROCESSOR_INFORMATION_EX of winnt.h, 64 bits: kind (4 bytes), size (4), then by kind. Caches and NUMA
/// nodes have a group count in systems since Windows 10 20H2; before, and under Wine, that field is reserved (0) and one
/// group mask follows.
/// </remarks>
internal sealed class ProcessorInformation
{
    private const int HeaderSize = 8;
    private const int GroupMaskSize = 16;
    private const int GroupSize = 64;

    public List<CpuSet> Packages { get; } = [];

    public List<CpuSet> Dies { get; } = [];

    public List<CpuSet> Modules { get; } = [];

    /// <summary>Cores with their efficiency class: higher is faster, and all are 0 on a machine with one kind.</summary>
    public List<(CpuSet Cpus, int EfficiencyClass)> Cores { get; } = [];

    public List<(int Id, CpuSet Cpus)> Nodes { get; } = [];

    public List<(CpuCache Cache, CpuSet Cpus)> Caches { get; } = [];

    /// <summary>CPUs that are active, by the groups' masks.</summary>
    public CpuSet Active { get; private set; } = CpuSet.Empty;

    public static ProcessorInformation Parse(ReadOnlySpan<byte> buffer)
    {
        var information = new ProcessorInformation();
        while (buffer.Length >= HeaderSize)
        {
            int kind = BinaryPrimitives.ReadInt32LittleEndian(buffer);
            int size = BinaryPrimitives.ReadInt32LittleEndian(buffer[4..]);
            if (size < HeaderSize || size > buffer.Length)
            {
                break;
            }

            information.Add((Relation)kind, buffer[HeaderSize..size]);
            buffer = buffer[size..];
        }

        return information;
    }

    private void Add(Relation kind, ReadOnlySpan<byte> record)
    {
        switch (kind)
        {
            case Relation.Core when Masks(record, 22, 24) is { Count: > 0 } cpus:
                Cores.Add((cpus, record[1]));
                break;
            case Relation.Package when Masks(record, 22, 24) is { Count: > 0 } cpus:
                Packages.Add(cpus);
                break;
            case Relation.Die when Masks(record, 22, 24) is { Count: > 0 } cpus:
                Dies.Add(cpus);
                break;
            case Relation.Module when Masks(record, 22, 24) is { Count: > 0 } cpus:
                Modules.Add(cpus);
                break;
            case Relation.Node or Relation.NodeEx when record.Length >= 24 + GroupMaskSize:
                AddNode(BinaryPrimitives.ReadInt32LittleEndian(record), Masks(record, 22, 24));
                break;
            case Relation.Cache when record.Length >= 32 + GroupMaskSize:
                AddCache(record);
                break;
            case Relation.Group:
                AddGroups(record);
                break;
            default:
                break;
        }
    }

    // A node of several groups has a record for its first group and another one for all of them.
    private void AddNode(int id, CpuSet cpus)
    {
        int known = Nodes.FindIndex(node => node.Id == id);
        if (known < 0)
        {
            Nodes.Add((id, cpus));
        }
        else
        {
            Nodes[known] = (id, Nodes[known].Cpus.Union(cpus));
        }
    }

    private void AddCache(ReadOnlySpan<byte> record)
    {
        int level = record[0];
        int ways = record[1];
        int lineSize = BinaryPrimitives.ReadUInt16LittleEndian(record[2..]);
        long size = BinaryPrimitives.ReadUInt32LittleEndian(record[4..]);
        var (type, suffix) = BinaryPrimitives.ReadInt32LittleEndian(record[8..]) switch
        {
            0 => ("Unified", ""),
            1 => ("Instruction", "i"),
            2 => ("Data", "d"),
            _ => (null, ""),
        };
        var cpus = Masks(record, 30, 32);
        if (type is not null && level is >= 1 and <= 9 && cpus.Count > 0)
        {
            // 255 ways is CACHE_FULLY_ASSOCIATIVE.
            Caches.Add((new(
                $"L{level}{suffix}", level, type, size > 0 ? size : null, lineSize > 0 ? lineSize : null,
                ways is > 0 and < 255 ? ways : null, cpus.ToString()), cpus));
        }
    }

    // Maximum and active group counts, 20 reserved bytes, then 48 bytes a group that end in its active mask.
    private void AddGroups(ReadOnlySpan<byte> record)
    {
        const int groupsAt = 24, groupInfoSize = 48, maskAt = 40;
        if (record.Length < groupsAt)
        {
            return;
        }

        int count = BinaryPrimitives.ReadUInt16LittleEndian(record[2..]);
        var cpus = new List<int>();
        for (int group = 0; group < count && groupsAt + ((group + 1) * groupInfoSize) <= record.Length; group++)
        {
            AddMask(BinaryPrimitives.ReadUInt64LittleEndian(record[(groupsAt + (group * groupInfoSize) + maskAt)..]), group, cpus);
        }

        Active = CpuSet.From(cpus);
    }

    // Old layouts have no count: one mask.
    private static CpuSet Masks(ReadOnlySpan<byte> record, int countAt, int masksAt)
    {
        if (record.Length < masksAt)
        {
            return CpuSet.Empty;
        }

        int count = Math.Max(BinaryPrimitives.ReadUInt16LittleEndian(record[countAt..]), (ushort)1);
        var cpus = new List<int>();
        for (int at = masksAt; count-- > 0 && at + GroupMaskSize <= record.Length; at += GroupMaskSize)
        {
            ulong mask = BinaryPrimitives.ReadUInt64LittleEndian(record[at..]);
            AddMask(mask, BinaryPrimitives.ReadUInt16LittleEndian(record[(at + 8)..]), cpus);
        }

        return CpuSet.From(cpus);
    }

    private static void AddMask(ulong mask, int group, List<int> cpus)
    {
        for (int bit = 0; bit < GroupSize && group < (CpuSet.MaxCpuId + 1) / GroupSize; bit++)
        {
            if ((mask >> bit & 1) != 0)
            {
                cpus.Add((group * GroupSize) + bit);
            }
        }
    }

    /// <summary>LOGICAL_PROCESSOR_RELATIONSHIP of winnt.h.</summary>
    private enum Relation
    {
        Core = 0,
        Node = 1,
        Cache = 2,
        Package = 3,
        Group = 4,
        Die = 5,
        NodeEx = 6,
        Module = 7,
    }
}
