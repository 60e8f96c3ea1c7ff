using System.Text.RegularExpressions;

namespace KretPool.Host.Tests;

/// <summary>
/// The transcripts in examples/expected, run again by the host: what comes out has the tables that stand there. Those whose
/// scripts need PowerShell's own modules are run by the Pester tests.
/// </summary>
public sealed partial class ExampleTranscriptTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kretpool-example-");

    public static TheoryData<string> Transcripts =>
    [
        .. Directory.EnumerateFiles(Path.Combine(ExampleScripts.Folder, "expected"), "*.txt")
            .Where(IsForTheHost).Select(path => Path.GetFileNameWithoutExtension(path)),
    ];

    [Theory]
    [MemberData(nameof(Transcripts))]
    public void An_example_shows_the_tables_that_its_transcript_has(string name)
    {
        string expected = File.ReadAllText(Path.Combine(ExampleScripts.Folder, "expected", name + ".txt"));
        var shown = new List<string>();
        var environment = new List<string>();
        foreach (string command in CommandsOf(expected))
        {
            if (command.StartsWith("$env:", StringComparison.Ordinal))
            {
                environment.Add(command);
                continue;
            }

            // A variable that is set for the runtime has to be there before it starts; here only the tables count.
            string here = $"$null = $ExecutionContext.SessionState.Path.SetLocation('{_folder.FullName}')";
            var result = HostProcess.RunCommand(string.Join("; ", [.. environment, here, Quick(command), "exit $LASTEXITCODE"]));
            Assert.Equal("", result.Error);
            Assert.Equal(0, result.ExitCode);
            Assert.NotEqual("", result.Output);
            shown.Add(result.Output);
        }

        Assert.Equal(TablesIn(expected), TablesIn(string.Join('\n', shown)));
    }

    [Fact]
    public void Every_example_has_a_transcript_and_is_in_the_index()
    {
        string index = File.ReadAllText(ExampleScripts.PathOf("README.md"));
        foreach (string path in Directory.EnumerateFiles(ExampleScripts.Folder, "*.ps1"))
        {
            Assert.True(File.Exists(ExampleScripts.PathOf($"expected/{Path.GetFileNameWithoutExtension(path)}.txt")), $"{path} has no transcript.");
            Assert.Contains($"]({Path.GetFileName(path)})", index, StringComparison.Ordinal);
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static bool IsForTheHost(string path) =>
        !File.ReadAllText(path).StartsWith("# Not run again", StringComparison.Ordinal)
        && CommandsOf(File.ReadAllText(path)).All(command =>
            ScriptName().Match(command) is not { Success: true } match
            || !File.ReadAllText(ExampleScripts.PathOf(match.Groups["name"].Value)).StartsWith("#Requires", StringComparison.Ordinal));

    private static string[] CommandsOf(string transcript) =>
        [.. transcript.Split('\n').Where(line => line.StartsWith("PS> ", StringComparison.Ordinal)).Select(line => line[4..].TrimEnd('\r'))];

    private static string Quick(string command)
    {
        var match = ScriptName().Match(command);
        if (!match.Success)
        {
            return command;
        }

        // Short measurements are noisy: no night is to be called slower.
        string path = ExampleScripts.PathOf(match.Groups["name"].Value);
        string text = File.ReadAllText(path);
        string quick = command.Replace(match.Value, $"& '{path}'", StringComparison.Ordinal);
        foreach (var (parameter, value) in new[] { ("IterationTime", "5ms"), ("ThresholdPercent", "99") })
        {
            if (text.Contains($".PARAMETER {parameter}", StringComparison.Ordinal) && !command.Contains($"-{parameter}", StringComparison.Ordinal))
            {
                quick += $" -{parameter} {value}";
            }
        }

        return quick;
    }

    // The lines above those that underline them.
    private static string[] TablesIn(string text)
    {
        string[] lines = text.Split('\n');
        return
        [
            .. lines.Index().Skip(1).Where(line => Underline().IsMatch(line.Item))
                .Select(line => string.Join(' ', lines[line.Index - 1].Split(' ', StringSplitOptions.RemoveEmptyEntries))),
        ];
    }

    [GeneratedRegex(@"\./(?<name>[\w/-]+\.ps1)")]
    private static partial Regex ScriptName();

    [GeneratedRegex(@"^[\s-]*--[\s-]*$")]
    private static partial Regex Underline();
}
