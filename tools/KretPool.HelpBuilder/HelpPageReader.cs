using Markdig;
using Markdig.Syntax;

namespace KretPool.HelpBuilder;

/// <summary>
/// Reads a page in the Markdown form that PlatyPS made usual: the cmdlet's name as the title, sections in capitals, a
/// heading of the third level for each example, parameter and type.
/// </summary>
/// <remarks>
/// The page holds words only. Facts such as types, positions and aliases, and the SYNTAX section with them, come from
/// the cmdlet itself.
/// </remarks>
public sealed class HelpPageReader
{
    private static readonly string[] s_required = ["SYNOPSIS", "DESCRIPTION", "EXAMPLES", "INPUTS", "OUTPUTS", "RELATED LINKS"];
    private static readonly string[] s_known = [.. s_required, "PARAMETERS", "NOTES"];

    // Tables are understood so that they can be refused: a console cannot show them.
    private static readonly MarkdownPipeline s_markdown = new MarkdownPipelineBuilder().UsePipeTables().Build();

    private readonly string _file;
    private readonly List<HelpProblem> _problems;
    private readonly HelpText _text;

    private HelpPageReader(string file, List<HelpProblem> problems)
    {
        _file = file;
        _problems = problems;
        _text = new HelpText(Complain);
    }

    /// <summary>Reads a page.</summary>
    /// <param name="file">Where it is from, for messages.</param>
    /// <param name="markdown">Its text.</param>
    /// <param name="problems">Takes what is wrong with it.</param>
    /// <returns>The page, without the parts that could not be understood.</returns>
    public static HelpPage Read(string file, string markdown, ICollection<HelpProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(markdown);
        ArgumentNullException.ThrowIfNull(problems);
        var found = new List<HelpProblem>();
        var page = new HelpPageReader(file, found).Read(Markdown.Parse(markdown, s_markdown));
        found.ForEach(problems.Add);
        return page;
    }

    private HelpPage Read(MarkdownDocument document)
    {
        var titles = SplitAt(document, level: 1);
        string name = titles.Count == 1 ? titles[0].Title : "";
        if (name.Length == 0 || name != Path.GetFileNameWithoutExtension(_file))
        {
            Complain(1, $"the page needs one title, '# {Path.GetFileNameWithoutExtension(_file)}'");
        }

        var sections = SplitAt(document, level: 2).ToLookup(section => section.Title);
        foreach (var section in sections)
        {
            int line = section.First().Line;
            if (!s_known.Contains(section.Key))
            {
                Complain(line, $"no section is called '{section.Key}'; known are {string.Join(", ", s_known)}");
            }
            else if (section.Count() > 1)
            {
                Complain(line, $"there are {section.Count()} sections {section.Key}");
            }
        }

        foreach (string missing in s_required.Where(title => !sections.Contains(title)))
        {
            Complain(1, $"the section '## {missing}' is missing");
        }

        return new HelpPage(
            _file,
            name,
            _text.Read(Blocks("SYNOPSIS")),
            _text.Read(Blocks("DESCRIPTION")),
            ReadExamples(Blocks("EXAMPLES")),
            ReadEntries(Blocks("PARAMETERS")),
            ReadEntries(Blocks("INPUTS")),
            ReadEntries(Blocks("OUTPUTS")),
            _text.Read(Blocks("NOTES")),
            _text.ReadLinks(Blocks("RELATED LINKS")),
            _text.Mentions);

        IReadOnlyList<Block> Blocks(string title) => sections[title].FirstOrDefault()?.Blocks ?? [];
    }

    private List<HelpEntry> ReadEntries(IReadOnlyList<Block> blocks)
    {
        foreach (var stray in blocks.TakeWhile(block => block is not HeadingBlock))
        {
            Complain(stray.Line + 1, "this text needs a heading of the third level above it");
        }

        return [.. SplitAt(blocks, level: 3).Select(part => new HelpEntry(part.Title, _text.Read(part.Blocks), part.Line))];
    }

    private List<HelpExample> ReadExamples(IReadOnlyList<Block> blocks)
    {
        string setup = _text.ReadSetup(blocks.TakeWhile(block => block is not HeadingBlock));
        return [.. SplitAt(blocks, level: 3).Select(part => ReadExample(part, setup))];
    }

    private HelpExample ReadExample(Part part, string setupOfPage)
    {
        string setup = string.Join('\n', setupOfPage, _text.ReadSetup(part.Blocks.OfType<HtmlBlock>())).Trim();
        var visible = part.Blocks.Where(block => block is not HtmlBlock).ToList();
        int first = visible.FindIndex(block => block is FencedCodeBlock);
        int last = visible.FindLastIndex(block => block is FencedCodeBlock);
        string[] fences = [.. visible.OfType<FencedCodeBlock>().Select(fence => fence.Info ?? "")];
        if (fences is not (["powershell"] or ["powershell", "output"]) || last - first != fences.Length - 1)
        {
            Complain(part.Line, "an example has one ```powershell block and at most one ```output block right after it");
            return new HelpExample(part.Title, [], setup, "", "", [], part.Line);
        }

        return new HelpExample(
            part.Title,
            _text.Read(visible[..first]),
            setup,
            HelpText.CodeOf((FencedCodeBlock)visible[first]),
            last > first ? HelpText.CodeOf((FencedCodeBlock)visible[last]) : "",
            _text.Read(visible[(last + 1)..]),
            part.Line);
    }

    /// <summary>Cuts blocks at the headings of a level; what stands before the first is left out.</summary>
    private List<Part> SplitAt(IReadOnlyList<Block> blocks, int level)
    {
        var parts = new List<Part>();
        foreach (var block in blocks)
        {
            if (block is HeadingBlock heading && heading.Level <= level)
            {
                if (heading.Level == level)
                {
                    parts.Add(new Part(_text.InlineOf(heading), heading.Line + 1, []));
                }
            }
            else if (parts.Count > 0)
            {
                parts[^1].Blocks.Add(block);
            }
        }

        return parts;
    }

    private void Complain(int line, string message) => _problems.Add(new HelpProblem(_file, line, message));

    private sealed record Part(string Title, int Line, List<Block> Blocks);
}
