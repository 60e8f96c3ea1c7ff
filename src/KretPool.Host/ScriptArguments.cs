using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;

namespace KretPool.Host;

/// <summary>
/// Turns the words after a script's path into arguments as <c>pwsh -File</c> does, with two differences that save the
/// user a mistake: commas separate the values of a parameter that is an array, which pwsh would take as one text (and
/// <c>1,2</c> as the number 12), and a negative number is a value and no parameter.
/// </summary>
internal static partial class ScriptArguments
{
    /// <summary>Writes the arguments as PowerShell source, to stand behind the name of the script.</summary>
    /// <param name="words">The words.</param>
    /// <param name="parameters">The script's parameters by name; empty if they are not known.</param>
    /// <returns>Source in which every value is a quoted string, so that nothing in it is evaluated.</returns>
    public static string ToSource(
        IReadOnlyList<string> words, IReadOnlyDictionary<string, ParameterMetadata> parameters)
    {
        var free = new Queue<ParameterMetadata>(Positional(words, parameters));
        ParameterMetadata? waiting = null;
        bool namesEnded = false;
        var source = new List<string>();
        foreach (string word in words)
        {
            Match named = namesEnded ? Match.Empty : NamedArgument().Match(word);
            if (!named.Success && word == "--" && !namesEnded)
            {
                namesEnded = true;
                waiting = null;
            }
            else if (!named.Success)
            {
                source.Add(Value(word, waiting ?? (free.TryDequeue(out ParameterMetadata? next) ? next : null)));
                waiting = null;
            }
            else
            {
                ParameterMetadata? parameter = Resolve(named, parameters);
                string value = named.Groups["value"].Value;
                source.Add($"-{named.Groups["name"].Value}{named.Groups["colon"].Value}"
                    + (value.Length > 0 ? BooleanOr(value, parameter) : ""));

                // The engine gives the word after it to a parameter that is no switch.
                waiting = value.Length == 0 && parameter is { SwitchParameter: false } ? parameter : null;
            }
        }

        return string.Join(' ', source);
    }

    // The parameters that words without a name go to, in order: those with a position that are not named anywhere.
    private static IEnumerable<ParameterMetadata> Positional(
        IReadOnlyList<string> words, IReadOnlyDictionary<string, ParameterMetadata> parameters)
    {
        HashSet<ParameterMetadata?> named =
        [
            .. words.TakeWhile(word => word != "--")
                .Select(word => NamedArgument().Match(word))
                .Where(match => match.Success)
                .Select(match => Resolve(match, parameters)),
        ];
        return parameters.Values
            .Where(parameter => !named.Contains(parameter) && Position(parameter) >= 0)
            .OrderBy(Position);
    }

    // Negative where the parameter is taken by name only.
    private static int Position(ParameterMetadata parameter) =>
        parameter.ParameterSets.Values.Max(set => set.Position);

    // By name, alias, or the beginning of exactly one name, as the engine does.
    private static ParameterMetadata? Resolve(Match named, IReadOnlyDictionary<string, ParameterMetadata> parameters)
    {
        string name = named.Groups["name"].Value;
        if (parameters.TryGetValue(name, out ParameterMetadata? exact))
        {
            return exact;
        }

        ParameterMetadata? aliased = parameters.Values.FirstOrDefault(
            parameter => parameter.Aliases.Contains(name, StringComparer.OrdinalIgnoreCase));
        ParameterMetadata[] begun =
        [
            .. parameters.Values.Where(parameter => parameter.Name.StartsWith(name, StringComparison.OrdinalIgnoreCase)),
        ];
        return aliased ?? (begun.Length == 1 ? begun[0] : null);
    }

    private static string BooleanOr(string value, ParameterMetadata? parameter) =>
        bool.TryParse(value.StartsWith('$') ? value[1..] : value, out bool truth)
            ? truth ? "$true" : "$false"
            : Value(value, parameter);

    private static string Value(string word, ParameterMetadata? parameter) =>
        parameter?.ParameterType?.IsArray == true
            ? string.Join(',', word.Split(',', StringSplitOptions.TrimEntries).Select(Quoted))
            : Quoted(word);

    private static string Quoted(string word) => $"'{CodeGeneration.EscapeSingleQuotedStringContent(word)}'";

    [GeneratedRegex(@"^-(?<name>\?|[\p{L}_][\w-]*)(?:(?<colon>:)(?<value>.*))?$", RegexOptions.Singleline)]
    private static partial Regex NamedArgument();
}
