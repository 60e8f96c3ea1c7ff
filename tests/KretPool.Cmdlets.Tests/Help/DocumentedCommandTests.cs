using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;

namespace KretPool.Cmdlets.Tests.Help;

/// <summary>Whatever the texts and scripts of the repository tell a reader to type exists.</summary>
public sealed partial class DocumentedCommandTests(ModuleSession session) : IClassFixture<ModuleSession>
{
    private static readonly string[] s_patterns =
        ["*.md", "docs/*.md", "docs/cmdlets/*.md", "module/en-US/*.txt", "examples/*.ps1", "tests/*.ps1", "tools/*.ps1"];

    public static TheoryData<string> Files => [.. s_patterns.SelectMany(FilesLike)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_command_of_the_module_that_a_file_uses_exists_with_its_parameters(string file)
    {
        foreach (var command in CommandsIn(file))
        {
            string name = command.GetCommandName();
            string place = $"{file}: {command.Extent.Text}";
            var known = session.Run("Get-Command -Name $args[0] -ErrorAction Ignore", name);
            Assert.True(known.Count == 1, $"There is no command {name}. {place}");
            var parameters = ((CommandInfo)known[0].BaseObject).Parameters.Values;
            foreach (var used in command.CommandElements.OfType<CommandParameterAst>())
            {
                Assert.True(
                    parameters.Any(p => Names(p).Contains(used.ParameterName, StringComparer.OrdinalIgnoreCase)),
                    $"{name} has no parameter -{used.ParameterName}. {place}");
            }
        }
    }

    private static IEnumerable<string> Names(ParameterMetadata parameter) => parameter.Aliases.Prepend(parameter.Name);

    private static IEnumerable<string> FilesLike(string pattern)
    {
        string folder = Path.Combine(ModuleSession.Root, Path.GetDirectoryName(pattern)!);
        return Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, Path.GetFileName(pattern))
                .Select(file => Path.GetRelativePath(ModuleSession.Root, file).Replace('\\', '/'))
            : [];
    }

    private static IEnumerable<CommandAst> CommandsIn(string file) =>
        from script in ScriptsIn(file, File.ReadAllText(Path.Combine(ModuleSession.Root, file)))
        from CommandAst command in Parse(file, script).FindAll(ast => ast is CommandAst, searchNestedScriptBlocks: true)
        where OwnCommand().IsMatch(command.GetCommandName() ?? "")
        select command;

    private static ScriptBlockAst Parse(string file, string script)
    {
        var ast = Parser.ParseInput(script, out _, out var errors);
        Assert.True(errors.Length == 0, $"{file}: {errors.FirstOrDefault()?.Message} {script}");
        return ast;
    }

    private static IEnumerable<string> ScriptsIn(string file, string text) => Path.GetExtension(file) switch
    {
        ".md" => FencedScript().Matches(text).Select(match => match.Groups["script"].Value),
        ".txt" => IndentedScript().Matches(text).Select(match => match.Value),
        _ => [text],
    };

    [GeneratedRegex("^[A-Za-z]+-(Pool|ObjectPool|CpuTopology)[A-Za-z]*$")]
    private static partial Regex OwnCommand();

    [GeneratedRegex(@"^```powershell\r?\n(?<script>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex FencedScript();

    [GeneratedRegex(@"^ {8}\S.*\n(^ {8}.*\n)*", RegexOptions.Multiline)]
    private static partial Regex IndentedScript();
}
