using System.ComponentModel;
using System.Diagnostics;

namespace KretPool.Tests.Pools.Flagship;

/// <summary>The models in <c>tests/models</c>, checked with Spin where it is installed.</summary>
public sealed class ModelTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kretpool-model-");

    [Theory]
    [InlineData("magazine.pml", "-DOWNER_STEPS=5")]
    [InlineData("shortage.pml", "-DROUNDS=2")]
    public void The_protocol_keeps_its_promise_in_every_state(string model, string size) =>
        Assert.Contains("errors: 0", Check(model, size), StringComparison.Ordinal);

    [Theory]
    [InlineData("magazine.pml", "-DNO_BARRIER")]
    [InlineData("magazine.pml", "-DNO_SWAP")]
    [InlineData("magazine.pml", "-DTOP_FIRST")]
    [InlineData("shortage.pml", "-DNO_BARRIER")]
    [InlineData("shortage.pml", "-DNO_STAMP")]
    [InlineData("shortage.pml", "-DNO_FENCE")]
    [InlineData("shortage.pml", "-DNO_NUMBERS")]
    public void Without_one_of_its_parts_it_does_not(string model, string variant) =>
        Assert.Contains("assertion violated", Check(model, variant), StringComparison.Ordinal);

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);

    private string Check(string model, string definition)
    {
        Run("spin", definition, "-a", ModelPath(model));
        Run("gcc", "-w", "-O1", "-DSAFETY", "-DCOLLAPSE", "-o", "pan", "pan.c");
        string report = Run(Path.Combine(_folder.FullName, "pan"), "-m1000000");
        Assert.DoesNotContain("max search depth too small", report, StringComparison.Ordinal);
        return report;
    }

    private string Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = _folder.FullName,
            RedirectStandardOutput = true,
        };
        try
        {
            using Process process = Process.Start(start)!;
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, $"{program}: {output}");
            return output;
        }
        catch (Win32Exception)
        {
            Assert.Skip($"{program} is not installed; the models need Spin and a C compiler.");
            throw;
        }
    }

    private static string ModelPath(string model)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "tests", "models", model);
            if (File.Exists(path))
            {
                return path;
            }
        }

        throw new FileNotFoundException($"tests/models/{model} is not above {AppContext.BaseDirectory}.");
    }
}
