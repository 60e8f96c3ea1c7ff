namespace KretPool.HelpBuilder;

/// <summary>The words about one cmdlet, as its page has them. Every text is a list of paragraphs without markup.</summary>
/// <param name="File">The page.</param>
/// <param name="Name">The cmdlet's name.</param>
/// <param name="Synopsis">What it does, in one sentence.</param>
/// <param name="Description">What it does, at length.</param>
/// <param name="Examples">Examples.</param>
/// <param name="Parameters">A text for each parameter.</param>
/// <param name="Inputs">A text for each type that can be piped in.</param>
/// <param name="Outputs">A text for each type that comes out.</param>
/// <param name="Notes">What is worth knowing beyond.</param>
/// <param name="Links">Where to read on.</param>
/// <param name="Mentions">The parameters that the texts name.</param>
public sealed record HelpPage(
    string File,
    string Name,
    IReadOnlyList<string> Synopsis,
    IReadOnlyList<string> Description,
    IReadOnlyList<HelpExample> Examples,
    IReadOnlyList<HelpEntry> Parameters,
    IReadOnlyList<HelpEntry> Inputs,
    IReadOnlyList<HelpEntry> Outputs,
    IReadOnlyList<string> Notes,
    IReadOnlyList<HelpLink> Links,
    IReadOnlyList<ParameterMention> Mentions);

/// <summary>A titled text.</summary>
/// <param name="Title">The title: a parameter's name with its dash, or a type's full name.</param>
/// <param name="Text">The text.</param>
/// <param name="Line">The title's line in the page.</param>
public sealed record HelpEntry(string Title, IReadOnlyList<string> Text, int Line);

/// <summary>An example.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Introduction">The text before the code.</param>
/// <param name="Setup">Script that makes what the code expects to be there; readers do not see it.</param>
/// <param name="Code">What is typed.</param>
/// <param name="Output">What comes out, or empty.</param>
/// <param name="Remarks">The text after the code.</param>
/// <param name="Line">The title's line in the page.</param>
public sealed record HelpExample(
    string Title,
    IReadOnlyList<string> Introduction,
    string Setup,
    string Code,
    string Output,
    IReadOnlyList<string> Remarks,
    int Line);

/// <summary>A link to a page beside this one, an about_ topic or an address.</summary>
/// <param name="Text">What is shown.</param>
/// <param name="Target">Where it leads.</param>
/// <param name="Line">Its line in the page.</param>
public sealed record HelpLink(string Text, string Target, int Line);

/// <summary>A parameter that a text names: <c>`-Name`</c> of the page's own cmdlet or <c>`Verb-Noun -Name`</c>.</summary>
/// <param name="Cmdlet">The cmdlet, or null for the page's own.</param>
/// <param name="Parameter">The parameter's name without the dash.</param>
/// <param name="Line">The line in the page.</param>
public sealed record ParameterMention(string? Cmdlet, string Parameter, int Line);
