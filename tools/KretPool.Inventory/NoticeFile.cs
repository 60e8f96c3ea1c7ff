using System.Reflection;
using System.Text;

namespace KretPool.Inventory;

/// <summary>Writes the notices that the licences of the packages ask for.</summary>
public static class NoticeFile
{
    private const string Rule = "--------------------------------------------------------------------------------";

    /// <summary>Writes the notices of a deliverable.</summary>
    /// <param name="file">The file, which is replaced.</param>
    /// <param name="name">The deliverable's name.</param>
    /// <param name="packages">The packages in it.</param>
    /// <exception cref="InvalidDataException">A licence's text is not among those kept with this tool.</exception>
    public static void Write(string file, string name, IReadOnlyList<ShippedPackage> packages)
    {
        ArgumentNullException.ThrowIfNull(packages);
        var text = new StringBuilder($"{name} includes these packages, each under its own licence.\n");
        foreach (var package in packages)
        {
            string licence = package.LicenceExpression.Length > 0 ? package.LicenceExpression : package.LicenceUrl;
            text.Append($"\n{Rule}\n{package.Id} {package.Version}\n{package.Copyright}\n");
            text.Append($"Authors: {package.Authors}\nProject: {package.ProjectUrl}\nLicence: {licence}\n");
        }

        foreach (string expression in packages.Select(package => package.LicenceExpression).Where(e => e.Length > 0).Distinct().Order())
        {
            text.Append($"\n{Rule}\nThe licence {expression}\n\n{TextOf(expression)}");
        }

        File.WriteAllText(file, text.ToString());
    }

    private static string TextOf(string expression)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(expression + ".txt")
            ?? throw new InvalidDataException(
                $"The text of the licence {expression} is not there. Read it; if it suits, add it as licences/{expression}.txt.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
