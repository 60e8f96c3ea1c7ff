using System.Globalization;
using KretPool.Topology.Capture;

namespace KretPool.Topology.Linux;

/// <summary>
/// The one place that reads a file of the kernel: numbers, lists and masks. A file that is missing, unreadable or holds
/// nonsense gives null; what should have been there is remembered in <see cref="Lost"/>.
/// </summary>
internal sealed class KernelFiles(FileTree tree)
{
    public FileTree Tree => tree;

    /// <summary>Which facts were lost and why.</summary>
    public LostFacts Lost { get; } = new();

    /// <summary>The trimmed text of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="expected">Whether every machine has it, so that its absence is worth a word.</param>
    public string? Text(string path, bool expected = false)
    {
        var file = tree.Read(path);
        if (file.Text is null)
        {
            if (expected || file.Problem != FileText.Missing.Problem)
            {
                Lost.Add(path, file.Problem!);
            }

            return null;
        }

        return file.Text.Trim(' ', '\t', '\r', '\n', '\0');
    }

    /// <summary>A decimal number; negative ones are how the kernel says that it has none.</summary>
    public long? Number(string path, bool expected = false)
    {
        string? text = Text(path, expected);
        if (text is null)
        {
            return null;
        }

        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number))
        {
            Lost.Add(path, Nonsense(text, "a number"));
            return null;
        }

        return number < 0 ? null : number;
    }

    /// <summary>An id: a number from 0 that fits an int.</summary>
    public int? Id(string path, bool expected = false) =>
        Number(path, expected) is { } number and <= int.MaxValue ? (int)number : null;

    /// <summary>A CPU or node list.</summary>
    public CpuSet? List(string path, bool expected = false)
    {
        string? text = Text(path, expected);
        if (text is null or "(null)")
        {
            return text is null ? null : CpuSet.Empty; // The kernel prints (null) for a list that was never set.
        }

        if (!CpuSet.TryParse(text, out var set))
        {
            Lost.Add(path, Nonsense(text, "a CPU list"));
        }

        return set;
    }

    /// <summary>A set of CPUs from a mask file or, failing that, from the list file beside it. Where they disagree the
    /// mask is right, unless it cannot be.</summary>
    /// <param name="mask">The mask.</param>
    /// <param name="list">The list.</param>
    /// <param name="expected">Whether every machine has one of them.</param>
    /// <param name="contradiction">Says why a set cannot be right; null if it can.</param>
    public CpuSet? MaskOrList(string mask, string list, bool expected = false, Func<CpuSet, string?>? contradiction = null)
    {
        string? text = Text(mask);
        if (text is not null)
        {
            if (!CpuSet.TryParseMask(text, out var set))
            {
                Lost.Add(mask, Nonsense(text, "a CPU mask"));
            }
            else if (contradiction?.Invoke(set) is { } problem)
            {
                Lost.Add(mask, problem);
            }
            else
            {
                return set;
            }
        }

        var listed = List(list, expected);
        if (listed is not null && contradiction?.Invoke(listed) is { } wrong)
        {
            Lost.Add(list, wrong);
            return null;
        }

        return listed;
    }

    /// <summary>The numbers n for which a directory holds <c>prefix</c>n, ascending.</summary>
    public CpuSet Numbered(string directory, string prefix)
    {
        var ids = new List<int>();
        foreach (string name in tree.List(directory, prefix))
        {
            var digits = name.AsSpan(prefix.Length);
            if (int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int id)
                && id <= CpuSet.MaxCpuId && (digits.Length == 1 || digits[0] != '0'))
            {
                ids.Add(id);
            }
        }

        return CpuSet.From(ids);
    }

    public static string Nonsense(string text, string wanted)
    {
        const int shown = 40;
        return text.Length == 0
            ? "empty"
            : $"'{(text.Length > shown ? text[..shown] + "..." : text)}' is not {wanted}";
    }
}
