using System.Management.Automation;

namespace KretPool.Cmdlets.Tests;

/// <summary>Get-CpuTopology and Export-CpuTopology.</summary>
public sealed class CpuTopologyTests(ModuleSession session) : IClassFixture<ModuleSession>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kretpool-topology-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void This_machine_has_the_cpus_that_the_runtime_sees() =>
        Assert.Equal(
            Environment.ProcessorCount,
            session.Run("@((Get-CpuTopology).Cpus | Where-Object { $_.State -eq 'Usable' }).Count")[0].BaseObject);

    [Fact]
    public void A_capture_reads_by_path_by_literal_path_and_from_the_pipeline()
    {
        string path = WriteMachine("small");

        Assert.Equal("0-1", session.Run($"(Get-CpuTopology '{_folder}/sm*').OnlineCpus")[0].ToString());
        Assert.Equal("0-1", session.Run($"(Get-CpuTopology -LiteralPath '{path}').OnlineCpus")[0].ToString());
        Assert.Equal("0-1", session.Run($"('{path}' | Get-CpuTopology).OnlineCpus")[0].ToString());
        Assert.Equal("0-1", session.Run("($args[0] | Get-CpuTopology).OnlineCpus", new PSObject(new { PSPath = path }))[0].ToString());
    }

    [Fact]
    public void Lists_pipe_on()
    {
        string path = WriteMachine("small");

        Assert.Equal("1", session.Run($"(Get-CpuTopology '{path}').Cores | Where-Object Cpus -eq '1' | ForEach-Object Id")[0].ToString());
    }

    [Fact]
    public void A_drawing_is_text()
    {
        string path = WriteMachine("small");

        var lines = session.Run($"Get-CpuTopology '{path}' -AsTree").Select(line => line.ToString()).ToList();

        Assert.StartsWith("┌─ Package 0", lines[0], StringComparison.Ordinal);
        Assert.Contains(lines, line => line.Contains("[0] [1]", StringComparison.Ordinal));
    }

    [Fact]
    public void Verbose_tells_which_facts_were_lost_and_why()
    {
        string path = WriteMachine("torn");
        File.WriteAllText(Path.Combine(path, "sys/devices/system/cpu/present"), "what?");
        using var shell = session.Shell($"Get-CpuTopology '{path}' -Verbose");

        shell.Invoke();

        Assert.Contains(shell.Streams.Verbose, record =>
            record.Message.Contains("cpu/present: 'what?' is not a CPU list", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_no_capture_is_an_error_and_the_others_are_read()
    {
        string path = WriteMachine("good");
        string bad = Path.Combine(_folder, "bad.tar.gz");
        File.WriteAllText(bad, "not an archive");
        using var shell = session.Shell($"Get-CpuTopology -Path '{bad}', '{path}', '{_folder}/none'");

        Assert.Equal("0-1", Assert.Single(shell.Invoke()).Properties["OnlineCpus"].Value);

        Assert.Equal(
            ["InvalidCapture,KretPool.Cmdlets.GetCpuTopologyCommand", "PathNotFound,KretPool.Cmdlets.GetCpuTopologyCommand"],
            shell.Streams.Error.Select(error => error.FullyQualifiedErrorId));
        Assert.Equal((ErrorCategory.InvalidData, bad), (shell.Streams.Error[0].CategoryInfo.Category, shell.Streams.Error[0].TargetObject));
    }

    [Fact]
    public void An_export_reads_back_with_the_same_digest()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux machines can be captured.");
        string path = Path.Combine(_folder, "me.tar.gz");

        var same = session.Run($"$file = Export-CpuTopology '{path}' -PassThru; ($file | Get-CpuTopology).Digest -eq (Get-CpuTopology).Digest");

        Assert.Equal(true, same[0].BaseObject);
    }

    [Fact]
    public void An_export_that_is_only_tried_writes_nothing()
    {
        session.Run($"Export-CpuTopology '{_folder}/me.tar.gz' -WhatIf");

        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void An_export_refuses_names_of_no_archive_and_files_that_must_stay()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux machines can be captured.");
        File.WriteAllText(Path.Combine(_folder, "mine.zip"), "mine");

        Assert.Equal(
            "UnknownArchiveKind,KretPool.Cmdlets.ExportCpuTopologyCommand",
            session.RunForError($"Export-CpuTopology '{_folder}/me.rar'").FullyQualifiedErrorId);
        Assert.Equal(
            "CaptureExists,KretPool.Cmdlets.ExportCpuTopologyCommand",
            session.RunForError($"Export-CpuTopology '{_folder}/mine.zip' -NoClobber").FullyQualifiedErrorId);
        Assert.Equal("mine", File.ReadAllText(Path.Combine(_folder, "mine.zip")));
    }

    [Fact]
    public void The_views_name_properties_that_exist_and_scripts_that_run()
    {
        var view = new System.Xml.XmlDocument();
        view.Load(Path.Combine(ModuleSession.Root, "module", "formats", "Topology.format.ps1xml"));
        string path = WriteMachine("small");
        session.Run($"$script:topology = Get-CpuTopology '{path}'");
        var objects = new Dictionary<string, string>
        {
            ["KretPool.Topology.CpuTopology"] = "$topology",
            ["KretPool.Topology.CpuCore"] = "$topology.Cores[0]",
            ["KretPool.Topology.CpuPackage"] = "$topology.Packages[0]",
            ["KretPool.Topology.LogicalCpu"] = "$topology.Cpus[0]",
            ["KretPool.Topology.CpuCache"] = "$topology.Caches[0]",
            ["KretPool.Topology.NumaNode"] = "$topology.Nodes[0]",
        };
        foreach (var (type, expression) in objects)
        {
            var entries = view.SelectNodes($"//View[ViewSelectedBy/TypeName='{type}']//*[self::TableRowEntries or self::ListEntries]")![0]!;
            foreach (System.Xml.XmlNode property in entries.SelectNodes(".//PropertyName")!)
            {
                session.Run($"{expression}.{property.InnerText}");
            }

            foreach (System.Xml.XmlNode script in entries.SelectNodes(".//ScriptBlock")!)
            {
                session.Run($"{expression} | ForEach-Object {{ {script.InnerText} }}");
            }
        }
    }

    // A machine of two CPUs with a cache and a node.
    private string WriteMachine(string name)
    {
        string folder = Path.Combine(_folder, name);
        void Put(string path, string text)
        {
            string file = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text + "\n");
        }

        const string cpu = "sys/devices/system/cpu";
        Put($"{cpu}/online", "0-1");
        Put($"{cpu}/present", "0-1");
        Put("sys/devices/system/node/node0/cpumap", "3");
        Put("sys/devices/system/node/node0/distance", "10");
        Put("sys/devices/system/node/node0/meminfo", "Node 0 MemTotal: 2048 kB");
        foreach (int id in (int[])[0, 1])
        {
            Put($"{cpu}/cpu{id}/topology/physical_package_id", "0");
            Put($"{cpu}/cpu{id}/topology/package_cpus", "3");
            Put($"{cpu}/cpu{id}/topology/core_id", $"{id}");
            Put($"{cpu}/cpu{id}/topology/core_cpus", $"{id + 1}");
            Put($"{cpu}/cpu{id}/cache/index0/level", "2");
            Put($"{cpu}/cpu{id}/cache/index0/type", "Unified");
            Put($"{cpu}/cpu{id}/cache/index0/size", "512K");
            Put($"{cpu}/cpu{id}/cache/index0/shared_cpu_map", "3");
        }

        return folder;
    }
}
