namespace KretPool.Analysis.Report;

/// <summary>How a line looks.</summary>
/// <param name="Colour">Red, green and blue as six hexadecimal digits.</param>
/// <param name="Marker">Which marker, from 0.</param>
/// <param name="Dash">Which pattern of dashes, from 0: solid.</param>
public sealed record SeriesLook(string Colour, int Marker, int Dash)
{
    /// <summary>Whether it is a thin line without markers.</summary>
    public bool IsThin { get; init; }

    /// <summary>Whether it is large marks without a line.</summary>
    public bool IsMark { get; init; }
}

/// <summary>One look per kind throughout a report, told apart by eyes that see all colours and by those that do not.</summary>
/// <remarks>Source of the colours: Okabe and Ito, Color Universal Design (2008), less black and yellow, which vanish on
/// a dark and on a light page. Markers and dashes tell further kinds apart.</remarks>
public sealed class KindPalette
{
    private static readonly string[] s_colours =
        ["0072B2", "D55E00", "009E73", "CC79A7", "E69F00", "56B4E9", "7F7F7F"];

    private static readonly string[] s_first = ["KretPool", "FreeList"];

    private readonly Dictionary<string, SeriesLook> _looks;

    /// <summary>Gives every kind a look.</summary>
    /// <param name="kinds">All kinds of the report, in any order, repeats allowed.</param>
    public KindPalette(IEnumerable<string> kinds)
    {
        Kinds =
        [
            .. kinds.Distinct(StringComparer.OrdinalIgnoreCase)
                .OrderBy(kind => Array.IndexOf(s_first, kind) is >= 0 and var place ? place : s_first.Length)
                .ThenBy(kind => kind, StringComparer.OrdinalIgnoreCase),
        ];
        _looks = Kinds.Select((kind, i) => (kind, look: Look(i)))
            .ToDictionary(pair => pair.kind, pair => pair.look, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The kinds, in the order of legends: KretPool, FreeList, then by name.</summary>
    public IReadOnlyList<string> Kinds { get; }

    /// <summary>The look of a kind.</summary>
    /// <param name="kind">One of the kinds.</param>
    public SeriesLook this[string kind] => _looks[kind];

    private static SeriesLook Look(int index) =>
        new(s_colours[index % s_colours.Length], index / s_colours.Length + index % s_colours.Length, index / s_colours.Length);
}
