using System.Runtime.Loader;

namespace KretPool.Cmdlets.Tests;

public sealed class ModuleTests(ModuleSession session) : IClassFixture<ModuleSession>
{
    [Fact]
    public void The_manifest_exports_exactly_the_cmdlets_that_the_assembly_holds()
    {
        string[] exported =
            [.. session.Run($"(Test-ModuleManifest '{ModuleSession.ManifestPath}').ExportedCmdlets.Keys").Select(n => n.ToString())];
        const string OfTheAssembly = """
            foreach ($type in (Get-Command Get-PoolKind).ImplementingType.Assembly.GetExportedTypes()) {
                foreach ($cmdlet in $type.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false)) {
                    "$($cmdlet.VerbName)-$($cmdlet.NounName)"
                }
            }
            """;
        string[] present = [.. session.Run(OfTheAssembly).Select(n => n.ToString())];

        Assert.Equal(present.Order(), exported.Order());
    }

    [Fact]
    public void The_module_can_be_removed_and_imported_again()
    {
        using var own = new ModuleSession();

        own.Run($"Remove-Module KretPool; Import-Module '{ModuleSession.ManifestPath}'");

        Assert.NotEmpty(own.Run("Get-PoolKind DefaultObjectPool"));
    }

    [Fact]
    public void Packages_of_the_module_stay_out_of_the_context_that_other_modules_share()
    {
        session.Run("Get-PoolKind");

        Assert.DoesNotContain(
            AssemblyLoadContext.Default.Assemblies,
            assembly => assembly.GetName().Name is "KretPool.Peers" or "Microsoft.Extensions.ObjectPool");
    }

    [Theory]
    [InlineData("Get-PoolKind -Name $null")]
    [InlineData("'KretPool', $null | Get-PoolKind")]
    [InlineData("Get-ObjectPool -Name $null")]
    [InlineData("Get-PoolResult none.db -HostName $null")]
    [InlineData("Get-PoolResult none.db -Kind $null")]
    [InlineData("Get-PoolResult none.db -Workload $null")]
    [InlineData("Get-PoolResult none.db -RunId $null")]
    [InlineData("Invoke-PoolBenchmark -ThreadCount $null")]
    [InlineData("Invoke-PoolBenchmark -Suite $null")]
    [InlineData("Invoke-PoolBenchmark -Workload $null")]
    [InlineData("Invoke-PoolBenchmark -Capacity $null")]
    [InlineData("Invoke-PoolBenchmark -ObjectSize $null")]
    [InlineData("Invoke-PoolBenchmark -BulkSize $null")]
    [InlineData("Invoke-PoolBenchmark -Placement $null")]
    [InlineData("Invoke-PoolBenchmark -NumaNode $null")]
    [InlineData("Invoke-PoolBenchmark -Cpu $null")]
    [InlineData("Invoke-PoolBenchmark -MemoryPolicy $null")]
    public void A_variable_with_nothing_in_it_is_refused_by_the_parameter_that_it_is_given_to(string script) =>
        Assert.StartsWith("ParameterArgumentValidationError,", session.RunForError(script).FullyQualifiedErrorId, StringComparison.Ordinal);

    [Fact]
    public void What_a_cmdlet_writes_is_of_a_type_that_scripts_can_name()
    {
        string[] written =
            [.. session.Run("(Get-Command -Module KretPool).OutputType | ForEach-Object { $_.Name }").Select(n => n.ToString())];

        Assert.Contains("KretPool.Results.PoolComparison", written);
        Assert.All(written, name => Assert.Equal(true, session.Run("$null -ne ($args[0] -as [type])", name)[0].BaseObject));
    }

    [Fact]
    public void The_version_of_the_manifest_is_the_version_of_the_assemblies()
    {
        string manifest = session.Run("(Get-Module KretPool).Version.ToString()")[0].ToString();
        string assembly = session.Run("[KretPool.Pools.PoolKind].Assembly.GetName().Version.ToString(3)")[0].ToString();

        Assert.Equal(assembly, manifest);
    }
}
