using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace KretPool.HelpBuilder;

/// <summary>Writes help in MAML, the form that Get-Help reads for compiled cmdlets.</summary>
/// <remarks>
/// There is no schema that Get-Help holds to. The elements are those of the about-style documents "How to write cmdlet
/// help" and of PlatyPS, as far as PowerShell's help views show them.
/// </remarks>
public static class MamlWriter
{
    private static readonly XNamespace s_maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace s_command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace s_dev = "http://schemas.microsoft.com/maml/dev/2004/10";
    private static readonly XNamespace s_help = "http://msh";

    private static readonly Encoding s_utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    private static readonly Dictionary<string, string> s_optionalCommon = new()
    {
        ["WhatIf"] = "Shows what would happen if the cmdlet runs. The cmdlet is not run.",
        ["Confirm"] = "Asks for confirmation before the cmdlet runs.",
    };

    /// <summary>Writes the help of a module.</summary>
    /// <param name="file">The file, which is replaced.</param>
    /// <param name="cmdlets">Each cmdlet with its page; without one there are only its facts.</param>
    public static void Write(string file, IEnumerable<(CmdletFacts Facts, HelpPage? Page)> cmdlets)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        var items = new XElement(s_help + "helpItems", new XAttribute("schema", "maml"),
            cmdlets.Select(cmdlet => Command(cmdlet.Facts, cmdlet.Page)));
        using var writer = XmlWriter.Create(file, new XmlWriterSettings { Encoding = s_utf8, Indent = true });
        items.Save(writer);
    }

    private static XElement Command(CmdletFacts facts, HelpPage? page)
    {
        string[] name = facts.Name.Split('-', 2);
        return new XElement(s_command + "command",
            new XAttribute(XNamespace.Xmlns + "maml", s_maml),
            new XAttribute(XNamespace.Xmlns + "command", s_command),
            new XAttribute(XNamespace.Xmlns + "dev", s_dev),
            new XElement(s_command + "details",
                new XElement(s_command + "name", facts.Name),
                new XElement(s_command + "verb", name[0]),
                new XElement(s_command + "noun", name[1]),
                Description(page?.Synopsis ?? [])),
            Description(page?.Description ?? []),
            new XElement(s_command + "syntax", facts.Sets.Select(set => SyntaxItem(facts, set, page))),
            new XElement(s_command + "parameters", Ordered(facts, page).Select(p => Parameter(UseOf(facts, p), TextOf(p, page)))),
            new XElement(s_command + "inputTypes", page?.Inputs.Select(entry => TypeEntry("inputType", entry))),
            new XElement(s_command + "returnValues", page?.Outputs.Select(entry => TypeEntry("returnValue", entry))),
            page?.Notes.Count > 0 ? new XElement(s_maml + "alertSet", new XElement(s_maml + "alert", Paragraphs(page.Notes))) : null,
            new XElement(s_command + "examples", page?.Examples.Select(Example)),
            new XElement(s_command + "relatedLinks", page?.Links.Select(Link)));
    }

    // The page's order is the author's; what it does not name (WhatIf, Confirm) comes last.
    private static IEnumerable<ParameterFacts> Ordered(CmdletFacts facts, HelpPage? page)
    {
        var order = (page?.Parameters ?? []).Select((entry, index) => (entry.Title, index))
            .ToDictionary(entry => entry.Title, entry => entry.index);
        return facts.Parameters.Values.OrderBy(p => order.GetValueOrDefault("-" + p.Name, int.MaxValue));
    }

    private static IReadOnlyList<string> TextOf(ParameterFacts parameter, HelpPage? page) =>
        page?.Parameters.FirstOrDefault(entry => entry.Title == "-" + parameter.Name)?.Text
        ?? (s_optionalCommon.TryGetValue(parameter.Name, out string? text) ? [text] : []);

    // The section about a parameter tells of all its sets at once: required only if there is no way without it.
    private static ParameterUse UseOf(CmdletFacts facts, ParameterFacts parameter)
    {
        var uses = facts.Sets.SelectMany(set => set.Parameters).Where(use => use.Parameter == parameter).ToList();
        return new ParameterUse(
            parameter,
            uses.All(use => use.IsMandatory),
            uses.Select(use => use.Position).FirstOrDefault(position => position is not null),
            uses.Aggregate(PipelineInput.None, (all, use) => all | use.PipelineInput));
    }

    private static XElement SyntaxItem(CmdletFacts facts, ParameterSetFacts set, HelpPage? page) =>
        new(s_command + "syntaxItem",
            new XElement(s_maml + "name", facts.Name),
            set.Parameters.Select(use => Parameter(use, TextOf(use.Parameter, page))));

    private static XElement Parameter(ParameterUse use, IReadOnlyList<string> text)
    {
        var facts = use.Parameter;
        return new XElement(s_command + "parameter",
            new XAttribute("required", Lower(use.IsMandatory)),
            new XAttribute("variableLength", Lower(facts.Type.IsArray)),
            new XAttribute("globbing", Lower(facts.TakesWildcards)),
            new XAttribute("pipelineInput", PipelineText(use.PipelineInput)),
            new XAttribute("position", use.Position?.ToString(CultureInfo.InvariantCulture) ?? "named"),
            new XAttribute("aliases", facts.Aliases.Count > 0 ? string.Join(", ", facts.Aliases) : "none"),
            new XElement(s_maml + "name", facts.Name),
            Description(WithValues(text, facts.Values)),
            facts.IsSwitch ? null : new XElement(s_command + "parameterValue",
                new XAttribute("required", "true"), new XAttribute("variableLength", Lower(facts.Type.IsArray)), facts.TypeName),
            new XElement(s_dev + "type", new XElement(s_maml + "name", facts.TypeName), new XElement(s_maml + "uri")),
            new XElement(s_dev + "defaultValue", facts.DefaultValue ?? "None"));
    }

    private static IReadOnlyList<string> WithValues(IReadOnlyList<string> text, IReadOnlyList<string> values) =>
        values.Count == 0 ? text : [.. text, $"Values: {string.Join(", ", values)}."];

    private static string PipelineText(PipelineInput input) => input switch
    {
        PipelineInput.None => "False",
        PipelineInput.ByValue => "True (ByValue)",
        PipelineInput.ByPropertyName => "True (ByPropertyName)",
        _ => "True (ByPropertyName, ByValue)",
    };

    private static XElement TypeEntry(string element, HelpEntry entry) =>
        new(s_command + element,
            new XElement(s_dev + "type", new XElement(s_maml + "name", entry.Title), new XElement(s_maml + "uri")),
            Description(entry.Text));

    private static XElement Example(HelpExample example)
    {
        // Get-Help puts nothing between the introduction and the code, so the introduction ends in an empty paragraph.
        string code = example.Output.Length > 0 ? $"{example.Code}\n\n{example.Output}" : example.Code;
        IEnumerable<string> introduction = example.Introduction.Count > 0 ? [.. example.Introduction, ""] : [];
        return new XElement(s_command + "example",
            new XElement(s_maml + "title", $"------- {example.Title} -------"),
            new XElement(s_maml + "introduction", Paragraphs(introduction)),
            new XElement(s_dev + "code", code),
            new XElement(s_dev + "remarks", Paragraphs([.. example.Remarks, ""])));
    }

    private static XElement Link(HelpLink link) =>
        new(s_maml + "navigationLink",
            new XElement(s_maml + "linkText", link.Text),
            new XElement(s_maml + "uri", link.Target.Contains("://", StringComparison.Ordinal) ? link.Target : ""));

    private static XElement Description(IEnumerable<string> paragraphs) =>
        new(s_maml + "description", Paragraphs(paragraphs));

    private static IEnumerable<XElement> Paragraphs(IEnumerable<string> paragraphs) =>
        paragraphs.Select(paragraph => new XElement(s_maml + "para", paragraph));

    private static string Lower(bool value) => value ? "true" : "false";
}
