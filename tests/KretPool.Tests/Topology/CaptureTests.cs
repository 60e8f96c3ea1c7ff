using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using KretPool.Topology;
using KretPool.Topology.Capture;
using KretPool.Topology.Linux;

namespace KretPool.Tests.Topology;

public sealed class CaptureTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kretpool-capture-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("folder")]
    [InlineData("x.tar")]
    [InlineData("x.tar.gz")]
    [InlineData("x.zip")]
    public void A_machine_reads_the_same_from_a_folder_and_from_archives(string kind)
    {
        var machine = FakeMachine.Of(2, 2, 2).AddNode(0, "0-7", 4096, "10");
        string path = Path.Combine(_folder, kind);
        switch (kind)
        {
            case "folder":
                machine.WriteFolder(path);
                break;
            case "x.zip":
                using (var file = File.Create(path))
                {
                    machine.WriteZip(file);
                }

                break;
            default:
                Write(path, stream => machine.WriteTar(stream), compress: kind.EndsWith("gz", StringComparison.Ordinal));
                break;
        }

        Assert.Equal(Describe(machine.Read()), Describe(TopologyReader.ReadCapture(path)));
    }

    [Fact]
    public void An_archive_may_hold_the_machine_in_a_folder_of_its_own()
    {
        string path = Path.Combine(_folder, "x.tar");
        Write(path, stream => FakeMachine.Of(1, 2).WriteTar(stream, "./captures/some-machine/"));

        Assert.Equal("0-1", TopologyReader.ReadCapture(path).OnlineCpus);
    }

    [Theory]
    [InlineData("/elsewhere/online")]
    [InlineData("../../../../elsewhere/online")]
    [InlineData("../../../../../../../../elsewhere/online")]
    public void Links_lead_to_places_inside_the_capture(string target)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Symbolic links need a privilege on Windows.");
        var machine = FakeMachine.Of(1, 4).Without("sys/devices/system/cpu/online");
        machine["elsewhere/online"] = "0-2";
        machine.Links["sys/devices/system/cpu/online"] = target;
        machine.WriteFolder(_folder);

        Assert.Equal("0-2", machine.Read().OnlineCpus);
        Assert.Equal("0-2", TopologyReader.ReadCapture(_folder).OnlineCpus);
    }

    [Fact]
    public void A_link_out_of_a_folder_does_not_reach_the_file_there()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Symbolic links need a privilege on Windows.");
        string outside = Path.Combine(_folder, "secret");
        File.WriteAllText(outside, "0");
        var machine = FakeMachine.Of(1, 4).Without("sys/devices/system/cpu/online");
        machine.Links["sys/devices/system/cpu/online"] = outside;
        machine.WriteFolder(Path.Combine(_folder, "capture"));

        // The directories tell, since the file of the link is not there.
        Assert.Equal("0-3", TopologyReader.ReadCapture(Path.Combine(_folder, "capture")).OnlineCpus);
    }

    [Fact]
    public void Links_in_a_circle_cost_one_fact_and_are_told()
    {
        var machine = FakeMachine.Of(1, 2).Without("sys/devices/system/cpu/present");
        machine.Links["sys/devices/system/cpu/present"] = "again";
        machine.Links["sys/devices/system/cpu/again"] = "present";

        var topology = machine.Read();

        Assert.Equal("0-1", topology.PresentCpus);
        Assert.Contains("sys/devices/system/cpu/present: links go in a circle", topology.LostFacts);
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("sys/../../outside")]
    [InlineData("/etc/passwd")]
    public void An_archive_with_an_entry_that_climbs_out_is_refused_by_name(string entry)
    {
        string path = Path.Combine(_folder, "climbing.zip");
        using (var file = File.Create(path))
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create))
        {
            zip.CreateEntry("sys/devices/system/cpu/online").Open().Dispose();
            zip.CreateEntry(entry).Open().Dispose();
        }

        var error = Assert.Throws<InvalidDataException>(() => TopologyReader.ReadCapture(path));

        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(entry, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sys/devices")]
    [InlineData("sys/devices/system/cpu")]
    public void A_directory_that_an_archive_takes_away_in_between_holds_what_comes_later(string taken)
    {
        string path = Path.Combine(_folder, "odd.tar");
        Write(path, stream =>
        {
            using var tar = new TarWriter(stream, leaveOpen: true);
            foreach (var (name, text) in (ReadOnlySpan<(string, string)>)
                [("sys/devices/system/cpu/present", "0-7"), (taken, "no directory"), ("sys/devices/system/cpu/online", "0-2")])
            {
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });
            }
        });

        var topology = TopologyReader.ReadCapture(path);

        Assert.Equal(("0-2", "0-2"), (topology.OnlineCpus, topology.PresentCpus));
    }

    [Fact]
    public void An_archive_that_swells_past_the_limit_is_refused_by_name()
    {
        string path = Path.Combine(_folder, "bomb.tar.gz");
        Write(
            path,
            stream =>
            {
                using var tar = new TarWriter(stream);
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "sys/zeros")
                {
                    DataStream = new Zeros(ArchiveReader.MaxBytes + 1),
                });
            },
            compress: true);

        var error = Assert.Throws<InvalidDataException>(() => TopologyReader.ReadCapture(path));

        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains("256 MiB", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_torn_archive_is_refused_by_name()
    {
        string path = Path.Combine(_folder, "torn.tar.gz");
        Write(path, stream => FakeMachine.Of(2, 8).WriteTar(stream), compress: true);
        byte[] whole = File.ReadAllBytes(path);
        File.WriteAllBytes(path, whole[..(whole.Length / 2)]);

        Assert.Contains(path, Assert.Throws<InvalidDataException>(() => TopologyReader.ReadCapture(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("this is no archive, whatever its name says; it is only some text")]
    public void A_file_that_is_no_archive_is_refused_by_name(string content)
    {
        string path = Path.Combine(_folder, "odd.tar.gz");
        File.WriteAllText(path, content);

        Assert.Contains(path, Assert.Throws<InvalidDataException>(() => TopologyReader.ReadCapture(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_no_capture_is_refused_by_name() =>
        Assert.Contains(_folder, Assert.Throws<InvalidDataException>(() => TopologyReader.ReadCapture(_folder)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_path_to_nothing_is_an_error_that_says_what_to_give() =>
        Assert.Contains(
            "folder that holds sys and proc",
            Assert.Throws<FileNotFoundException>(() => TopologyReader.ReadCapture(Path.Combine(_folder, "none"))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_pipe_in_a_captured_folder_does_not_block()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs mkfifo.");
        FakeMachine.Of(1, 2).Without("sys/devices/system/cpu/online").WriteFolder(_folder);
        using (var mkfifo = System.Diagnostics.Process.Start("mkfifo", Path.Combine(_folder, "sys/devices/system/cpu/online")))
        {
            mkfifo.WaitForExit();
        }

        Assert.Equal("0-1", TopologyReader.ReadCapture(_folder).OnlineCpus);
    }

    [Theory]
    [InlineData("me.tar.gz")]
    [InlineData("me.tgz")]
    [InlineData("me.tar")]
    [InlineData("me.zip")]
    public void A_capture_of_this_machine_reads_back_equal(string name)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux machines can be captured.");
        string path = Path.Combine(_folder, name);

        TopologyCapture.Write(path);

        Assert.Equal(Describe(TopologyReader.ReadThisMachine()), Describe(TopologyReader.ReadCapture(path)));
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_capture_of_any_machine_reads_back_equal()
    {
        var machine = FakeMachine.Of(2, 2, 2).AddNode(0, "0-7", 4096, "10 17").AddNode(3, "", 4096, "17 10")
            .Set("sys/bus/dax/drivers/kmem/placeholder", "")
            .Set("sys/devices/ndbus0/region0/dax0.0/target_node", "3")
            .Set("sys/devices/system/cpu/cpu9/online", "0").Set("sys/devices/system/cpu/present", "0-9")
            .Set("sys/devices/system/cpu/possible", "0-9");
        machine.Links["sys/bus/dax/drivers/kmem/dax0.0"] = "../../../../devices/ndbus0/region0/dax0.0";
        using var tree = new CaptureTree("original", machine.Entry());
        var recording = new RecordingTree(tree);
        var original = LinuxTopology.Read(recording);
        var copy = new FakeMachine();
        foreach (var item in TopologyCapture.Entries(recording, new("somehost")))
        {
            if (item.LinkTarget is not null)
            {
                copy.Links[item.Path] = item.LinkTarget;
            }
            else
            {
                copy.Files[item.Text is null ? item.Path + "/." : item.Path] = item.Text ?? "";
            }
        }

        Assert.Equal("NVM", original.Nodes[1].MemoryKind);
        Assert.Equal(Describe(original), Describe(copy.Read()));
    }

    [Fact]
    public void A_capture_tells_not_whose_machine_it_is()
    {
        const string uuid = "9f1c2b34-aaaa-bbbb-cccc-0123456789ab", container = "0123456789abcdef0123456789abcdef";
        var privacy = new CapturePrivacy("buildhost7");

        string all = string.Join('\n',
            privacy.Clean("proc/cpuinfo", "processor : 0\nSerial\t\t: 00000000deadbeef\nprocessor 1: version = 00,  identification = 279F25"),
            privacy.Clean("proc/self/status", "Name:\tsecretjob\nUid:\t1001\nCpus_allowed:\t3"),
            privacy.Clean("proc/self/cgroup", $"0::/kubepods/pod{uuid}/{container}\n1:cpu:/lxc/buildhost7"),
            privacy.Clean("proc/mounts", $"/dev/mapper/buildhost7-root / ext4 rw 0 0\ncgroup2 /sys/fs/cgroup cgroup2 rw 0 0"),
            privacy.Clean("proc/cmdline", $"root=UUID={uuid} isolcpus=2-3 hostname=buildhost7"),
            privacy.Clean("proc/sysinfo", "Sequence Code: 0000089F25\nLPAR Name: R35LP37\nLPAR Number: 39"));

        foreach (string secret in (string[])["deadbeef", "279F25", "secretjob", "1001", uuid, container, "buildhost7", "089F25", "R35LP37"])
        {
            Assert.DoesNotContain(secret, all, StringComparison.OrdinalIgnoreCase);
        }

        foreach (string fact in (string[])["processor : 0", "Cpus_allowed:\t3", "/kubepods/podid1/id2", "cgroup2", "isolcpus=2-3", "LPAR Number"])
        {
            Assert.Contains(fact, all, StringComparison.Ordinal);
        }

        Assert.Equal("sys/fs/cgroup/kubepods/podid1/id2/cpu.max", privacy.CleanPath($"sys/fs/cgroup/kubepods/pod{uuid}/{container}/cpu.max"));
    }

    [Fact]
    public void A_capture_that_exists_is_kept_when_it_must_not_be_replaced()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux machines can be captured.");
        string path = Path.Combine(_folder, "me.tar.gz");
        File.WriteAllText(path, "mine");

        Assert.Throws<IOException>(() => TopologyCapture.Write(path, overwrite: false));

        Assert.Equal("mine", File.ReadAllText(path));
    }

    [Fact]
    public void An_archive_of_an_unknown_kind_is_refused() =>
        Assert.Contains(".tar.gz", Assert.Throws<ArgumentException>(() => TopologyCapture.Write("x.rar")).Message, StringComparison.Ordinal);

    /// <summary>Everything but what changes by the second and the name of the capture.</summary>
    internal static string Describe(CpuTopology topology)
    {
        var node = System.Text.Json.Nodes.JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(topology))!;
        node.AsObject().Remove(nameof(CpuTopology.Source));
        foreach (var numa in node[nameof(CpuTopology.Nodes)]!.AsArray())
        {
            numa!.AsObject().Remove(nameof(NumaNode.MemoryFreeBytes));
        }

        return node.ToJsonString();
    }

    private static void Write(string path, Action<Stream> write, bool compress = false)
    {
        using var file = File.Create(path);
        using Stream stream = compress ? new GZipStream(file, CompressionLevel.Fastest) : new BufferedStream(file);
        write(stream);
    }

    /// <summary>A file of zeros that takes no memory.</summary>
    private sealed class Zeros(long length) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            int read = (int)Math.Min(count, length - Position);
            Array.Clear(buffer, offset, read);
            Position += read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
