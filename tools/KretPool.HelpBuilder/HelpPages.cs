namespace KretPool.HelpBuilder;

/// <summary>The pages of a folder, one for each cmdlet, and what is wrong with them as they stand.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Pages">The pages.</param>
/// <param name="Problems">What keeps pages from being understood.</param>
public sealed record HelpPages(string Folder, IReadOnlyList<HelpPage> Pages, IReadOnlyList<HelpProblem> Problems)
{
    /// <summary>Reads every page of a folder.</summary>
    /// <param name="folder">The folder, with files like <c>Get-PoolKind.md</c>.</param>
    /// <returns>The pages.</returns>
    public static HelpPages ReadFolder(string folder)
    {
        var problems = new List<HelpProblem>();
        var pages = Directory.EnumerateFiles(folder, "*-*.md").Order(StringComparer.Ordinal)
            .Select(file => HelpPageReader.Read(file, File.ReadAllText(file), problems)).ToList();
        return new HelpPages(folder, pages, problems);
    }

    /// <summary>The page about a cmdlet.</summary>
    /// <param name="cmdlet">The cmdlet's name.</param>
    /// <returns>The page, or null.</returns>
    public HelpPage? Find(string cmdlet) => Pages.FirstOrDefault(page => page.Name == cmdlet);
}
