namespace KretPool.Cmdlets.Tests;

/// <summary>A topology that has been through remoting, which serialises as Export-Clixml does, is as good as a live one.</summary>
public sealed class RemotedTopologyTests(ModuleSession session) : IClassFixture<ModuleSession>, IDisposable
{
    private const string Serialize = "[System.Management.Automation.PSSerializer]::Serialize";
    private const string Copies = $$"""
        function Read([object] $Copy) { [KretPool.Cmdlets.TopologyAttribute]::new().Transform($null, [psobject] $Copy) }
        $remoted = [System.Management.Automation.PSSerializer]::Deserialize({{Serialize}}($live))
        if ($remoted -is [KretPool.Topology.CpuTopology]) { throw 'This is a live one.' }

        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("kretpool-topology-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void It_is_read_back_whole()
    {
        var texts = session.Run($"$live = Get-CpuTopology '{WriteMachine()}'\n{Copies}{Serialize}($live); {Serialize}((Read $remoted))");

        Assert.Contains("<DCT>", texts[0].ToString(), StringComparison.Ordinal);
        Assert.Equal(texts[0].ToString(), texts[1].ToString());
    }

    [Theory]
    [InlineData("$results | Export-PoolReport $file -Topology $remoted")]
    [InlineData("$remoted, $results | Export-PoolReport $file")]
    public void A_report_shows_its_machine(string script)
    {
        string file = Path.Combine(_folder, "report.html");

        session.Run(ResultScript.Make + $"$live = Get-CpuTopology '{WriteMachine()}'; $results = New-Results; $file = '{file}'\n{Copies}{script}");

        Assert.Contains("Node 11", File.ReadAllText(file), StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_lost_its_lists_is_an_error()
    {
        string lossy = $"$live = Get-CpuTopology '{WriteMachine()}'\n{Copies}$remoted.Nodes[1].Distances[0] = 11; $file = '{_folder}/report.html'\n{ResultScript.Make}";

        Assert.Equal(
            "IncompleteTopology,KretPool.Cmdlets.ExportPoolReportCommand",
            session.RunForError(lossy + "@(New-Results) + $remoted | Export-PoolReport $file").FullyQualifiedErrorId);
        Assert.Contains(
            "not complete",
            session.RunForError(lossy + "New-Results | Export-PoolReport $file -Force -Topology $remoted").Exception.Message,
            StringComparison.Ordinal);
    }

    // Two CPUs, one of them offline, and twelve nodes, most of them of memory only: their order as texts is not that of numbers.
    private string WriteMachine()
    {
        string folder = Path.Combine(_folder, "machine");
        void Put(string path, string text)
        {
            string file = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text + "\n");
        }

        Put("sys/devices/system/cpu/online", "0");
        Put("sys/devices/system/cpu/present", "0-1");
        Put("sys/devices/system/cpu/cpu0/topology/physical_package_id", "0");
        Put("sys/devices/system/cpu/cpu0/topology/package_cpus", "1");
        Put("sys/devices/system/cpu/cpu0/topology/core_id", "0");
        Put("sys/devices/system/cpu/cpu0/topology/core_cpus", "1");
        foreach (int node in Enumerable.Range(0, 12))
        {
            Put($"sys/devices/system/node/node{node}/cpumap", node == 0 ? "1" : "0");
            Put($"sys/devices/system/node/node{node}/distance", string.Join(' ', Enumerable.Range(0, 12).Select(other => other == node ? 10 : 21)));
            Put($"sys/devices/system/node/node{node}/meminfo", $"Node {node} MemTotal: 2048 kB");
            Put($"sys/devices/system/node/node{node}/hugepages/hugepages-2048kB/nr_hugepages", "4");
        }

        return folder;
    }
}
