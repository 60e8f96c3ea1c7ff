using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace KretPool.Host;

/// <summary>
/// Turns the words after a script's path into parameters as <c>pwsh -File</c> does, with two differences that save the
/// user a mistake: commas separate the values of a parameter that is an array, which pwsh would take as one text (and
/// <c>1,2</c> as the number 12), and a negative number is a value and no parameter.
/// </summary>
internal static class ScriptArguments
{
    /// <summary>Binds.</summary>
    /// <param name="words">The words.</param>
    /// <param name="parameters">The script's parameters by name; empty if they are not known.</param>
    /// <returns>The parameters for the engine.</returns>
    public static IReadOnlyList<CommandParameter> Bind(
        IReadOnlyList<string> words, IReadOnlyDictionary<string, ParameterMetadata> parameters)
    {
        var bound = new List<CommandParameter>();
        var named = new HashSet<ParameterMetadata>();
        var positional = new List<int>();
        ParameterMetadata? waiting = null;
        bool namesEnded = false;
        foreach (string word in words)
        {
            if (namesEnded || !IsParameter(word))
            {
                if (waiting is null)
                {
                    positional.Add(bound.Count);
                }

                bound.Add(new CommandParameter(null, Value(word, waiting)));
                waiting = null;
            }
            else if (word == "--")
            {
                namesEnded = true;
            }
            else
            {
                (string name, string? value) = SplitName(word);
                ParameterMetadata? parameter = Resolve(name, parameters);
                if (parameter is not null)
                {
                    named.Add(parameter);
                }

                // The engine pairs a name that ends without a value with the word after it.
                bound.Add(value is null
                    ? new CommandParameter(word.TrimEnd(':'))
                    : new CommandParameter(name, BooleanOr(value, parameter)));
                waiting = value is null && parameter is { SwitchParameter: false } ? parameter : null;
            }
        }

        SplitPositional(bound, positional, parameters.Values.Where(parameter => !named.Contains(parameter)));
        return bound;
    }

    private static void SplitPositional(
        List<CommandParameter> bound, List<int> positional, IEnumerable<ParameterMetadata> free)
    {
        ParameterMetadata[] inOrder =
        [
            .. free.Select(parameter => (parameter, Position: Position(parameter)))
                .Where(entry => entry.Position >= 0)
                .OrderBy(entry => entry.Position)
                .Select(entry => entry.parameter),
        ];
        foreach ((int index, ParameterMetadata parameter) in positional.Zip(inOrder))
        {
            bound[index] = new CommandParameter(null, Value((string)bound[index].Value, parameter));
        }
    }

    // Negative where the parameter is taken by name only.
    private static int Position(ParameterMetadata parameter) =>
        parameter.ParameterSets.Values.Max(set => set.Position);

    private static bool IsParameter(string word) => word.Length > 1 && word[0] == '-' && !char.IsAsciiDigit(word[1]);

    private static (string Name, string? Value) SplitName(string word)
    {
        int colon = word.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 || colon == word.Length - 1 ? (word.TrimEnd(':'), null) : (word[..colon], word[(colon + 1)..]);
    }

    // By name, alias, or the beginning of exactly one name, as the engine does.
    private static ParameterMetadata? Resolve(string word, IReadOnlyDictionary<string, ParameterMetadata> parameters)
    {
        string name = word[1..];
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

    private static object BooleanOr(string value, ParameterMetadata? parameter) =>
        bool.TryParse(value.StartsWith('$') ? value[1..] : value, out bool truth) ? truth : Value(value, parameter);

    private static object Value(string word, ParameterMetadata? parameter) =>
        parameter?.ParameterType?.IsArray == true && word.Contains(',', StringComparison.Ordinal)
            ? word.Split(',', StringSplitOptions.TrimEntries)
            : word;
}
