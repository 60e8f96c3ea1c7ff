using KretPool.HelpBuilder;

if (args is not [string assembly, string pagesFolder, string outputFile])
{
    Console.Error.WriteLine("Usage: KretPool.HelpBuilder <module assembly> <folder of pages> <help file to write>");
    return 2;
}

var cmdlets = CmdletFacts.ReadAll(assembly);
var pages = HelpPages.ReadFolder(pagesFolder);
var problems = pages.Problems.Concat(HelpCheck.FindProblems(pages, cmdlets)).ToList();

// In the form of a compiler's message, so that MSBuild and editors show the place.
problems.ForEach(problem => Console.Error.WriteLine(problem));
if (problems.Count > 0)
{
    return 1;
}

MamlWriter.Write(outputFile, cmdlets.Select(cmdlet => (cmdlet, pages.Find(cmdlet.Name))));
return 0;
