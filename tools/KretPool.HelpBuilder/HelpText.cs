using System.Text;
using System.Text.RegularExpressions;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace KretPool.HelpBuilder;

/// <summary>Turns Markdown blocks into the plain paragraphs that Get-Help shows, and notes the parameters they name.</summary>
/// <param name="complain">Takes the line and the message of what cannot be shown.</param>
internal sealed partial class HelpText(Action<int, string> complain)
{
    private readonly List<ParameterMention> _mentions = [];

    /// <summary>The parameters named so far.</summary>
    public IReadOnlyList<ParameterMention> Mentions => _mentions;

    /// <summary>The lines of a code block.</summary>
    /// <param name="block">The block.</param>
    /// <returns>The code.</returns>
    public static string CodeOf(LeafBlock block) => block.Lines.ToString().TrimEnd();

    /// <summary>Reads paragraphs, lists and code.</summary>
    /// <param name="blocks">The blocks.</param>
    /// <returns>One text a paragraph; a list or a block of code is one paragraph of several lines.</returns>
    public IReadOnlyList<string> Read(IEnumerable<Block> blocks)
    {
        var paragraphs = new List<string>();
        foreach (var block in blocks)
        {
            switch (block)
            {
                case ParagraphBlock paragraph:
                    paragraphs.Add(InlineOf(paragraph));
                    break;
                case ListBlock list:
                    paragraphs.Add(ListOf(list, indent: ""));
                    break;
                case CodeBlock code:
                    paragraphs.Add(Indent(CodeOf(code), "    "));
                    break;
                default:
                    complain(block.Line + 1, $"help shows paragraphs, lists and code, not a {block.GetType().Name}");
                    break;
            }
        }

        return paragraphs;
    }

    /// <summary>Reads a section of links.</summary>
    /// <param name="blocks">The blocks, paragraphs or lists that hold nothing but links.</param>
    /// <returns>The links.</returns>
    public IReadOnlyList<HelpLink> ReadLinks(IEnumerable<Block> blocks)
    {
        var links = new List<HelpLink>();
        foreach (var inline in blocks.SelectMany(block => block.Descendants<LeafBlock>().Prepend(block as LeafBlock))
            .SelectMany(leaf => leaf?.Inline ?? Enumerable.Empty<Inline>()))
        {
            if (inline is LinkInline link)
            {
                links.Add(new HelpLink(InlineOf(link), link.Url ?? "", link.Line + 1));
            }
            else if (inline is not LineBreakInline)
            {
                complain(inline.Line + 1, $"only links belong here, not '{inline}'");
            }
        }

        return links;
    }

    /// <summary>Reads <c>&lt;!-- setup ... --&gt;</c> comments.</summary>
    /// <param name="blocks">The blocks, which may hold nothing else.</param>
    /// <returns>The script in them.</returns>
    public string ReadSetup(IEnumerable<Block> blocks)
    {
        var script = new StringBuilder();
        foreach (var block in blocks)
        {
            var match = block is HtmlBlock html ? SetupComment().Match(html.Lines.ToString()) : Match.Empty;
            if (match.Success)
            {
                script.AppendLine(match.Groups["script"].Value.Trim());
            }
            else
            {
                complain(block.Line + 1, "only a comment <!-- setup ... --> may stand here");
            }
        }

        return script.ToString().Trim();
    }

    /// <summary>The plain text of a heading or paragraph.</summary>
    /// <param name="block">The block.</param>
    /// <returns>The text on one line, but for hard line breaks.</returns>
    public string InlineOf(LeafBlock block) => block.Inline is null ? "" : InlineOf(block.Inline);

    private string InlineOf(ContainerInline container)
    {
        var text = new StringBuilder();
        foreach (var inline in container)
        {
            text.Append(inline switch
            {
                LiteralInline literal => literal.Content.ToString(),
                CodeInline code => Note(code),
                LineBreakInline lineBreak => lineBreak.IsHard ? "\n" : " ",
                HtmlEntityInline entity => entity.Transcoded.ToString(),
                AutolinkInline address => address.Url,
                LinkInline link when IsAddress(link.Url) => $"{InlineOf(link)} ({link.Url})",
                ContainerInline inner => InlineOf(inner),
                _ => Refuse(inline),
            });
        }

        return text.ToString();
    }

    private static bool IsAddress(string? url) => url?.Contains("://", StringComparison.Ordinal) == true;

    private string Note(CodeInline code)
    {
        if (ParameterInCode().Match(code.Content) is { Success: true } match)
        {
            string? cmdlet = match.Groups["cmdlet"] is { Success: true } group ? group.Value : null;
            _mentions.Add(new ParameterMention(cmdlet, match.Groups["parameter"].Value, code.Line + 1));
        }

        return code.Content;
    }

    private string Refuse(Inline inline)
    {
        complain(inline.Line + 1, $"help cannot show '{inline}'");
        return "";
    }

    private string ListOf(ListBlock list, string indent)
    {
        var lines = new List<string>();
        int number = 1;
        foreach (var item in list.Cast<ListItemBlock>())
        {
            string mark = list.IsOrdered ? $"{number++}. " : "- ";
            foreach (var block in item)
            {
                lines.Add(block is ListBlock inner
                    ? ListOf(inner, indent + "  ")
                    : indent + mark + string.Join('\n', Read([block])));
                mark = new string(' ', mark.Length);
            }
        }

        return string.Join('\n', lines);
    }

    private static string Indent(string text, string indent) => indent + text.ReplaceLineEndings("\n" + indent);

    [GeneratedRegex(@"\A<!--\s*setup\b(?<script>.*)-->\s*\z", RegexOptions.Singleline)]
    private static partial Regex SetupComment();

    [GeneratedRegex(@"\A((?<cmdlet>[A-Z][A-Za-z]+-[A-Z][A-Za-z]+) )?-(?<parameter>[A-Z][A-Za-z]+)\b")]
    private static partial Regex ParameterInCode();
}
