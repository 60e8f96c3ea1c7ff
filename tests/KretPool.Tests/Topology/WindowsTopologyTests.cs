using System.Buffers.Binary;
using KretPool.Topology;
using KretPool.Topology.Windows;

namespace KretPool.Tests.Topology;

/// <summary>Buffers as GetLogicalProcessorInformationEx fills them.</summary>
public sealed class WindowsTopologyTests
{
    private const int Core = 0, Node = 1, Cache = 2, Package = 3, Group = 4, Die = 5, NodeEx = 6, Module = 7;

    [Fact]
    public void A_machine_of_two_processor_groups_reads_whole()
    {
        byte[] buffer =
        [
            .. Processors(Package, 0, (0, 0x3)), .. Processors(Package, 0, (1, 0x3)),
            .. Processors(Core, 0, (0, 0x3)), .. Processors(Core, 0, (1, 0x1)), .. Processors(Core, 0, (1, 0x2)),
            .. Processors(Die, 0, (0, 0x3)), .. Processors(Module, 0, (0, 0x3)),
            .. CacheRecord(1, 8, 64, 32 << 10, 2, oldLayout: false, (0, 0x3)),
            .. CacheRecord(3, 16, 64, 32 << 20, 0, oldLayout: false, (1, 0x3)),
            .. NodeRecord(Node, 0, oldLayout: false, (0, 0x3)), .. NodeRecord(Node, 1, oldLayout: false, (1, 0x3)),
            .. Groups(0x3, 0x3),
        ];

        var topology = Build(buffer);

        Assert.Equal("0-1,64-65", topology.OnlineCpus);
        Assert.Equal(["0-1", "64-65"], topology.Packages.Select(package => package.Cpus));
        Assert.Equal(["0-1", "64", "65"], topology.Cores.Select(core => core.Cpus));
        Assert.Equal(["L1d", "L3"], topology.Caches.Select(cache => cache.Name));
        Assert.Equal((32L << 20, 64, 16, "64-65"), (topology.Caches[1].SizeBytes, topology.Caches[1].LineSize, topology.Caches[1].Ways, topology.Caches[1].Cpus));
        Assert.Equal(["0-1", "64-65"], topology.Nodes.Select(node => node.Cpus));
        Assert.Equal((1, 1, 1), (topology.Cpus[2].CoreId, topology.Cpus[2].PackageId, topology.Cpus[2].NodeId));
        Assert.Equal("0-1", Assert.Single(topology.Dies).Cpus);
        Assert.Equal("0-1", Assert.Single(topology.Clusters).Cpus);
        Assert.Null(topology.Cpus[2].DieId);
    }

    [Fact]
    public void Records_of_the_old_layout_have_no_group_count_and_one_mask()
    {
        var topology = Build([.. Processors(Core, 0, (0, 0x1)), .. Processors(Core, 0, (0, 0x2)),
            .. CacheRecord(2, 8, 64, 1 << 20, 0, oldLayout: true, (0, 0x3)), .. NodeRecord(Node, 0, oldLayout: true, (0, 0x3))]);

        Assert.Equal("0-1", Assert.Single(topology.Caches).Cpus);
        Assert.Equal("0-1", Assert.Single(topology.Nodes).Cpus);
    }

    [Fact]
    public void A_node_of_several_groups_is_one_node()
    {
        var topology = Build([.. Processors(Core, 0, (0, 0x1)), .. Processors(Core, 0, (1, 0x1)),
            .. NodeRecord(Node, 0, oldLayout: false, (0, 0x1)), .. NodeRecord(NodeEx, 0, oldLayout: false, (0, 0x1), (1, 0x1))]);

        Assert.Equal("0,64", Assert.Single(topology.Nodes).Cpus);
    }

    [Fact]
    public void Classes_of_efficiency_tell_kinds_of_cores()
    {
        var topology = Build([.. Processors(Core, 1, (0, 0x3)), .. Processors(Core, 0, (0, 0x4))]);

        Assert.Equal([CpuCoreKind.Performance, CpuCoreKind.Efficient], topology.Cores.Select(core => core.Kind));
    }

    [Fact]
    public void Relations_without_cpus_and_records_of_unknown_kinds_are_skipped()
    {
        var topology = Build([.. Processors(Die, 0), .. Processors(Module, 0, (0, 0)), .. Record(99, new byte[12]), .. Processors(Core, 0, (0, 0x1))]);

        Assert.Empty(topology.Dies);
        Assert.Empty(topology.Clusters);
        Assert.Equal("0", Assert.Single(topology.Cores).Cpus);
    }

    [Fact]
    public void A_buffer_that_is_cut_anywhere_gives_what_it_holds()
    {
        byte[] whole = [.. Processors(Package, 0, (0, 0xf)), .. CacheRecord(1, 8, 64, 1, 0, oldLayout: false, (0, 0xf)), .. Groups(0xf)];
        for (int length = 0; length <= whole.Length; length++)
        {
            var information = ProcessorInformation.Parse(whole.AsSpan(0, length));
            Assert.All(information.Packages, cpus => Assert.Equal("0-3", cpus.ToString()));
        }
    }

    [Fact]
    public void Junk_in_a_buffer_ends_the_reading_and_nothing_else()
    {
        for (int seed = 0; seed < 1000; seed++)
        {
            var random = new Random(seed);
            byte[] buffer = [.. Processors(Package, 0, (0, 0xf)), .. Processors(Core, 0, (0, 0xf)),
                .. CacheRecord(1, 8, 64, 1, 0, oldLayout: false, (0, 0xf)), .. NodeRecord(Node, 0, oldLayout: false, (0, 0xf)), .. Groups(0xf)];
            for (int i = 0; i < 8; i++)
            {
                buffer[random.Next(buffer.Length)] = (byte)random.Next(256);
            }

            Assert.NotEqual("", Build(buffer).OnlineCpus);
        }
    }

    [Fact]
    public void An_affinity_and_a_job_limit_are_told()
    {
        var topology = WindowsTopology.Build(
            ProcessorInformation.Parse([.. Processors(Core, 0, (0, 0x1)), .. Processors(Core, 0, (0, 0x2))]),
            [],
            new("GenuineIntel", "Test", 3000) { OutsideAffinity = CpuSet.Parse("1"), Quota = 0.25 });

        Assert.Equal("0", topology.AllowedCpus);
        Assert.Equal(CpuState.OutsideAffinity, topology.Cpus[1].State);
        Assert.Equal(0.5, topology.CpuQuota);
        Assert.Equal(("GenuineIntel", "Test", 3000.0), (topology.Vendor, topology.ModelName, topology.BaseMHz));
    }

    private static CpuTopology Build(byte[] buffer) =>
        WindowsTopology.Build(ProcessorInformation.Parse(buffer), [], new(null, null, null));

    private static byte[] Record(int kind, byte[] content)
    {
        byte[] record = new byte[8 + content.Length];
        BinaryPrimitives.WriteInt32LittleEndian(record, kind);
        BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(4), record.Length);
        content.CopyTo(record, 8);
        return record;
    }

    private static byte[] Processors(int kind, byte efficiencyClass, params (ushort Group, ulong Mask)[] masks)
    {
        byte[] content = new byte[24 + (16 * masks.Length)];
        content[1] = efficiencyClass;
        PutMasks(content, 22, 24, oldLayout: false, masks);
        return Record(kind, content);
    }

    private static byte[] NodeRecord(int kind, int id, bool oldLayout, params (ushort Group, ulong Mask)[] masks)
    {
        byte[] content = new byte[24 + (16 * masks.Length)];
        BinaryPrimitives.WriteInt32LittleEndian(content, id);
        PutMasks(content, 22, 24, oldLayout, masks);
        return Record(kind, content);
    }

    private static byte[] CacheRecord(
        byte level, byte ways, ushort line, int size, int type, bool oldLayout, params (ushort Group, ulong Mask)[] masks)
    {
        byte[] content = new byte[32 + (16 * masks.Length)];
        content[0] = level;
        content[1] = ways;
        BinaryPrimitives.WriteUInt16LittleEndian(content.AsSpan(2), line);
        BinaryPrimitives.WriteInt32LittleEndian(content.AsSpan(4), size);
        BinaryPrimitives.WriteInt32LittleEndian(content.AsSpan(8), type);
        PutMasks(content, 30, 32, oldLayout, masks);
        return Record(Cache, content);
    }

    private static byte[] Groups(params ulong[] masks)
    {
        byte[] content = new byte[24 + (48 * masks.Length)];
        BinaryPrimitives.WriteUInt16LittleEndian(content, (ushort)masks.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(content.AsSpan(2), (ushort)masks.Length);
        for (int i = 0; i < masks.Length; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(content.AsSpan(24 + (48 * i) + 40), masks[i]);
        }

        return Record(Group, content);
    }

    private static void PutMasks(byte[] content, int countAt, int masksAt, bool oldLayout, (ushort Group, ulong Mask)[] masks)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(content.AsSpan(countAt), oldLayout ? (ushort)0 : (ushort)masks.Length);
        for (int i = 0; i < masks.Length; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(content.AsSpan(masksAt + (16 * i)), masks[i].Mask);
            BinaryPrimitives.WriteUInt16LittleEndian(content.AsSpan(masksAt + (16 * i) + 8), masks[i].Group);
        }
    }
}
