using System.Management.Automation;

namespace KretPool.HelpBuilder;

/// <summary>Holds the words of the pages against the facts of the cmdlets.</summary>
public static class HelpCheck
{
    /// <summary>Finds what one side says and the other does not.</summary>
    /// <param name="pages">The words.</param>
    /// <param name="cmdlets">The facts.</param>
    /// <returns>The problems, each with its place.</returns>
    public static IEnumerable<HelpProblem> FindProblems(HelpPages pages, IReadOnlyList<CmdletFacts> cmdlets)
    {
        ArgumentNullException.ThrowIfNull(pages);
        foreach (var cmdlet in cmdlets)
        {
            if (pages.Find(cmdlet.Name) is { } page)
            {
                foreach (var problem in FindProblems(page, cmdlet, cmdlets, pages.Folder))
                {
                    yield return problem;
                }
            }
            else
            {
                yield return new HelpProblem(
                    Path.Combine(pages.Folder, cmdlet.Name + ".md"), 1, $"{cmdlet.Name} has no page; write one");
            }
        }

        foreach (var page in pages.Pages.Where(page => cmdlets.All(cmdlet => cmdlet.Name != page.Name)))
        {
            yield return new HelpProblem(page.File, 1, $"the module has no cmdlet {page.Name}; remove the page");
        }
    }

    private static IEnumerable<HelpProblem> FindProblems(
        HelpPage page, CmdletFacts cmdlet, IReadOnlyList<CmdletFacts> all, string folder)
    {
        var messages = FindEmpty(page)
            .Concat(CompareParameters(page, cmdlet))
            .Concat(CompareTypes("OUTPUTS", page.Outputs, cmdlet.OutputTypes.Select(type => type.FullName!)))
            .Concat(CompareTypes("INPUTS", page.Inputs, InputTypesOf(cmdlet)))
            .Concat(CheckMentions(page, cmdlet, all))
            .Concat(CheckLinks(page, folder));
        return messages.Select(found => new HelpProblem(page.File, found.Line, found.Message));
    }

    private static IEnumerable<(int Line, string Message)> FindEmpty(HelpPage page)
    {
        if (page.Synopsis is not [{ Length: > 0 and <= 120 }])
        {
            yield return (1, "the synopsis is one sentence of at most 120 characters");
        }

        if (page.Description.Count == 0)
        {
            yield return (1, "the description is empty");
        }

        foreach (var entry in page.Parameters.Concat(page.Inputs).Concat(page.Outputs).Where(entry => entry.Text.Count == 0))
        {
            yield return (entry.Line, $"'{entry.Title}' has no text");
        }

        if (page.Examples.Count == 0)
        {
            yield return (1, "there is no example");
        }

        int number = 0;
        foreach (var example in page.Examples)
        {
            string start = $"Example {++number}: ";
            if (!example.Title.StartsWith(start, StringComparison.Ordinal) || example.Title.Length == start.Length)
            {
                yield return (example.Line, $"the example's title starts with '{start}' and goes on with what it shows");
            }
        }
    }

    private static IEnumerable<(int Line, string Message)> CompareParameters(HelpPage page, CmdletFacts cmdlet)
    {
        var written = page.Parameters.ToLookup(entry => entry.Title);
        foreach (var parameter in cmdlet.Parameters.Values.Where(p => !p.IsOptionalCommon && !written.Contains("-" + p.Name)))
        {
            yield return (1, $"parameter -{parameter.Name} of {cmdlet.Name} has no text; write it under '### -{parameter.Name}'");
        }

        foreach (var entry in written)
        {
            // Names are compared as they are written: help shows them.
            if (!cmdlet.Parameters.Values.Any(p => !p.IsOptionalCommon && "-" + p.Name == entry.Key))
            {
                yield return (entry.First().Line, $"{cmdlet.Name} has no parameter '{entry.Key}' to write about");
            }
            else if (entry.Count() > 1)
            {
                yield return (entry.Last().Line, $"'{entry.Key}' has {entry.Count()} texts");
            }
        }
    }

    private static IEnumerable<(int Line, string Message)> CompareTypes(
        string section, IReadOnlyList<HelpEntry> written, IEnumerable<string> actual)
    {
        var expected = actual.Distinct().ToHashSet();
        if (expected.Count == 0)
        {
            expected.Add("None");
        }

        foreach (string missing in expected.Where(name => written.All(entry => entry.Title != name)))
        {
            yield return (1, $"{section} has no text about {missing}; write it under '### {missing}'");
        }

        foreach (var entry in written.Where(entry => !expected.Contains(entry.Title)))
        {
            yield return (entry.Line, $"{section} names '{entry.Title}', but it is {string.Join(", ", expected)} there");
        }
    }

    // One object is piped at a time, so an array parameter takes its elements.
    private static IEnumerable<string> InputTypesOf(CmdletFacts cmdlet) =>
        from use in cmdlet.Sets.SelectMany(set => set.Parameters)
        where use.PipelineInput.HasFlag(PipelineInput.ByValue)
        let type = use.Parameter.Type
        select (type.IsArray ? type.GetElementType()! : type).FullName!;

    private static IEnumerable<(int Line, string Message)> CheckMentions(
        HelpPage page, CmdletFacts own, IReadOnlyList<CmdletFacts> all)
    {
        foreach (var mention in page.Mentions)
        {
            var cmdlet = mention.Cmdlet is null ? own : all.FirstOrDefault(cmdlet => cmdlet.Name == mention.Cmdlet);
            bool isCommon = Cmdlet.CommonParameters.Contains(mention.Parameter);
            if (cmdlet is not null && !isCommon && !cmdlet.Parameters.ContainsKey(mention.Parameter))
            {
                yield return (mention.Line, $"{cmdlet.Name} has no parameter -{mention.Parameter}");
            }
        }
    }

    private static IEnumerable<(int Line, string Message)> CheckLinks(HelpPage page, string folder) =>
        from link in page.Links
        where !Uri.IsWellFormedUriString(link.Target, UriKind.Absolute) && !File.Exists(Path.Combine(folder, link.Target))
        select (link.Line, $"the link to '{link.Target}' leads nowhere");
}
