using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace KretPool.Host;

/// <summary>Asks the user: to choose, to fill in mandatory parameters, for a secret.</summary>
/// <param name="terminal">Where the answers come from.</param>
/// <param name="interactive">Whether questions may be asked at all.</param>
/// <param name="write">Shows a question.</param>
internal sealed class Questions(ITerminal terminal, bool interactive, Action<string> write)
{
    /// <summary>Called when Ctrl+C is pressed instead of an answer, which comes as a key and not as a signal.</summary>
    public Action? Interrupted { get; set; }

    /// <summary>Reads a line.</summary>
    /// <param name="question">What is asked, for the error if nobody can answer.</param>
    /// <returns>The line.</returns>
    /// <exception cref="HostException">Nobody can answer.</exception>
    public string ReadLine(string question) => Ask("", question);

    /// <summary>Reads a line without showing it.</summary>
    /// <param name="question">What is asked, for the error if nobody can answer.</param>
    /// <returns>The line.</returns>
    /// <exception cref="HostException">Nobody can answer.</exception>
    public SecureString ReadSecret(string question)
    {
        if (!interactive || !terminal.InputIsTerminal)
        {
            throw NobodyToAsk.Error(question);
        }

        var secret = new SecureString();
        while (true)
        {
            ConsoleKeyInfo key = terminal.ReadKey();
            switch (key)
            {
                case { Key: ConsoleKey.Enter }:
                    write(Environment.NewLine);
                    return secret;
                case { Key: ConsoleKey.C, Modifiers: ConsoleModifiers.Control }:
                    write("^C\n");
                    throw Stopped();
                case { Key: ConsoleKey.Backspace }:
                    if (secret.Length > 0)
                    {
                        secret.RemoveAt(secret.Length - 1);
                    }

                    break;
                default:
                    if (!char.IsControl(key.KeyChar))
                    {
                        secret.AppendChar(key.KeyChar);
                    }

                    break;
            }
        }
    }

    /// <inheritdoc cref="PSHostUserInterface.Prompt"/>
    public Dictionary<string, PSObject> AskFields(
        string caption, string message, Collection<FieldDescription> descriptions)
    {
        WriteHeading(caption, message);
        var answers = new Dictionary<string, PSObject>();
        foreach (FieldDescription field in descriptions)
        {
            string question = $"A value for '{field.Name}' is wanted";
            object answer = field.ParameterTypeName switch
            {
                nameof(SecureString) => AskSecret(field.Name, question),
                nameof(PSCredential) => AskCredential("", "", ""),
                _ when field.ParameterTypeName.EndsWith("[]", StringComparison.Ordinal) => AskList(field.Name, question),
                _ => Ask($"{field.Name}: ", question),
            };
            answers[field.Name] = PSObject.AsPSObject(answer);
        }

        return answers;
    }

    /// <inheritdoc cref="PSHostUserInterface.PromptForChoice"/>
    public int AskChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        WriteHeading(caption, message);
        Choice[] all = Number(choices);
        while (true)
        {
            string line = Ask(
                Menu(all, defaultChoice < 0 ? [] : [defaultChoice]), $"'{FirstOf(message, caption)}' is asked").Trim();
            if (line.Length == 0 && defaultChoice >= 0)
            {
                return defaultChoice;
            }

            if (line == "?")
            {
                WriteHelp(all);
            }
            else if (Find(all, line) is int picked)
            {
                return picked;
            }
        }
    }

    /// <inheritdoc cref="IHostUISupportsMultipleChoiceSelection.PromptForChoice"/>
    public Collection<int> AskChoices(
        string? caption, string? message, Collection<ChoiceDescription> choices, IEnumerable<int>? defaultChoices)
    {
        WriteHeading(caption, message);
        Choice[] all = Number(choices);
        int[] defaults = [.. defaultChoices ?? []];
        write(Menu(all, defaults) + Environment.NewLine);
        var picked = new Collection<int>();
        while (true)
        {
            string line = Ask(
                string.Create(CultureInfo.InvariantCulture, $"Choice[{picked.Count}]: "),
                $"'{FirstOf(message, caption)}' is asked").Trim();
            if (line.Length == 0)
            {
                return picked.Count > 0 ? picked : new Collection<int>(defaults);
            }

            if (line == "?")
            {
                WriteHelp(all);
            }
            else if (Find(all, line) is int choice)
            {
                picked.Add(choice);
            }
        }
    }

    /// <summary>Asks for a user name and a password.</summary>
    /// <param name="caption">A heading, or empty.</param>
    /// <param name="message">What it is for, or empty.</param>
    /// <param name="userName">The user name if it is known, or empty.</param>
    /// <returns>Both.</returns>
    /// <exception cref="HostException">Nobody can answer.</exception>
    public PSCredential AskCredential(string caption, string message, string userName)
    {
        WriteHeading(caption, message);
        string name = string.IsNullOrEmpty(userName) ? Ask("User: ", "A user name is wanted") : userName;
        return new PSCredential(name, AskSecret($"Password for user {name}", "A password is wanted"));
    }

    private string Ask(string text, string question)
    {
        if (!interactive)
        {
            throw NobodyToAsk.Error(question);
        }

        if (terminal.InputIsTerminal)
        {
            try
            {
                return new LineEditor(terminal, write, history: []).Read(text) ?? throw NobodyToAsk.Error(question);
            }
            catch (OperationCanceledException)
            {
                throw Stopped();
            }
        }

        write(text);
        string? line = terminal.ReadLine();
        write(Environment.NewLine);
        return line ?? throw NobodyToAsk.Error(question);
    }

    private PipelineStoppedException Stopped()
    {
        Interrupted?.Invoke();
        return new PipelineStoppedException();
    }

    private SecureString AskSecret(string name, string question)
    {
        write($"{name}: ");
        return ReadSecret(question);
    }

    private string[] AskList(string name, string question)
    {
        var items = new List<string>();
        while (true)
        {
            string item = Ask(string.Create(CultureInfo.InvariantCulture, $"{name}[{items.Count}]: "), question);
            if (item.Length == 0)
            {
                return [.. items];
            }

            items.Add(item);
        }
    }

    private void WriteHeading(string? caption, string? message)
    {
        if (!string.IsNullOrEmpty(caption))
        {
            write(Environment.NewLine + caption + Environment.NewLine);
        }

        if (!string.IsNullOrEmpty(message))
        {
            write(message + Environment.NewLine);
        }
    }

    private void WriteHelp(Choice[] choices)
    {
        foreach (Choice choice in choices)
        {
            write($"{FirstOf(choice.Key, choice.Label)} - {choice.Help}{Environment.NewLine}");
        }
    }

    private static string Menu(Choice[] choices, int[] defaults)
    {
        string menu = string.Concat(choices.Select(choice => $"[{choice.Key}] {choice.Label}  ")) + "[?] Help";
        string preset = string.Join(",", defaults.Select(i => FirstOf(choices[i].Key, choices[i].Label)));
        return preset.Length == 0 ? menu + ": " : $"{menu} (default is \"{preset}\"): ";
    }

    private static int? Find(Choice[] choices, string answer)
    {
        int index = Array.FindIndex(
            choices,
            choice => answer.Equals(choice.Key, StringComparison.OrdinalIgnoreCase)
                || answer.Equals(choice.Label, StringComparison.OrdinalIgnoreCase));
        return index < 0 ? null : index;
    }

    private static Choice[] Number(Collection<ChoiceDescription> choices) => [.. choices.Select(Choice.From)];

    private static string FirstOf(string? first, string? second) =>
        string.IsNullOrEmpty(first) ? second ?? "" : first;

    private sealed record Choice(string Key, string Label, string Help)
    {
        // A label marks its key with an ampersand: "Yes to &All".
        public static Choice From(ChoiceDescription description)
        {
            string label = description.Label;
            int mark = label.IndexOf('&', StringComparison.Ordinal);
            string key = mark >= 0 && mark + 1 < label.Length ? char.ToUpperInvariant(label[mark + 1]).ToString() : "";
            return new Choice(key, label.Replace("&", "", StringComparison.Ordinal), description.HelpMessage);
        }
    }
}
