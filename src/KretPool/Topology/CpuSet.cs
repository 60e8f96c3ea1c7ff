using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace KretPool.Topology;

/// <summary>A set of CPU ids. Its text form is the kernel's CPU list: <c>0-3,8</c>.</summary>
/// <remarks>Source of the format: Linux, Documentation/admin-guide/cputopology.rst and bitmap_parselist.</remarks>
public sealed class CpuSet : IReadOnlyList<int>, IEquatable<CpuSet>
{
    /// <summary>The largest CPU id that is read: far above what any kernel supports, so that junk costs no memory.</summary>
    public const int MaxCpuId = (1 << 16) - 1;

    private readonly ImmutableArray<int> _ids;

    private CpuSet(ImmutableArray<int> ids) => _ids = ids;

    /// <summary>The set of no CPU.</summary>
    public static CpuSet Empty { get; } = new([]);

    /// <summary>How many CPUs are in the set.</summary>
    public int Count => _ids.Length;

    /// <summary>The id at a place in ascending order.</summary>
    /// <param name="index">The place, from 0.</param>
    public int this[int index] => _ids[index];

    /// <summary>Makes a set.</summary>
    /// <param name="ids">CPU ids in any order; repeats count once.</param>
    /// <returns>The set.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An id is negative or above <see cref="MaxCpuId"/>.</exception>
    public static CpuSet From(IEnumerable<int> ids)
    {
        var sorted = ids.Distinct().Order().ToImmutableArray();
        foreach (int id in sorted)
        {
            if (id is < 0 or > MaxCpuId)
            {
                throw new ArgumentOutOfRangeException(nameof(ids), id, $"A CPU id is from 0 to {MaxCpuId}.");
            }
        }

        return sorted.IsEmpty ? Empty : new(sorted);
    }

    /// <summary>Reads a CPU list.</summary>
    /// <param name="text">A list in the kernel's form; blanks around it do not matter, an empty text is the empty set.</param>
    /// <returns>The set.</returns>
    /// <exception cref="FormatException">The text is not a CPU list.</exception>
    public static CpuSet Parse(string text) =>
        TryParse(text, out var set)
            ? set
            : throw new FormatException($"'{text}' is not a CPU list. Write ids and ranges, such as 0-3,8.");

    /// <summary>Reads a CPU list.</summary>
    /// <param name="text">A list in the kernel's form, strides such as <c>0-30:2/4</c> included.</param>
    /// <param name="set">The set, if the text is a CPU list.</param>
    /// <returns>Whether the text is a CPU list.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out CpuSet? set)
    {
        set = null;
        if (text is null)
        {
            return false;
        }

        var ids = new SortedSet<int>();
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (part.Length == 0 && text.Trim().Length == 0)
            {
                break;
            }

            if (!AddRange(part, ids))
            {
                return false;
            }
        }

        set = ids.Count == 0 ? Empty : new([.. ids]);
        return true;
    }

    /// <summary>Whether a CPU is in the set.</summary>
    /// <param name="id">The CPU id.</param>
    /// <returns>Whether it is.</returns>
    public bool Contains(int id) => _ids.BinarySearch(id) >= 0;

    /// <summary>The CPUs in both sets.</summary>
    /// <param name="other">The other set.</param>
    /// <returns>The intersection.</returns>
    public CpuSet Intersect(CpuSet other) => new([.. _ids.Where(other.Contains)]);

    /// <summary>The CPUs in either set.</summary>
    /// <param name="other">The other set.</param>
    /// <returns>The union.</returns>
    public CpuSet Union(CpuSet other) => new([.. _ids.Union(other._ids).Order()]);

    /// <summary>The CPUs of this set that are not in another.</summary>
    /// <param name="other">The other set.</param>
    /// <returns>The difference.</returns>
    public CpuSet Except(CpuSet other) => new([.. _ids.Where(id => !other.Contains(id))]);

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)_ids).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(CpuSet? other) => other is not null && _ids.SequenceEqual(other._ids);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as CpuSet);

    /// <inheritdoc/>
    public override int GetHashCode() => _ids.Aggregate(0, HashCode.Combine);

    /// <summary>The set as a CPU list in the kernel's form.</summary>
    /// <returns>For example <c>0-3,8</c>.</returns>
    public override string ToString()
    {
        var text = new StringBuilder();
        for (int i = 0; i < _ids.Length;)
        {
            int last = i;
            while (last + 1 < _ids.Length && _ids[last + 1] == _ids[last] + 1)
            {
                last++;
            }

            text.Append(text.Length == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $"{_ids[i]}");
            if (last > i)
            {
                text.Append(CultureInfo.InvariantCulture, $"-{_ids[last]}");
            }

            i = last + 1;
        }

        return text.ToString();
    }

    // a, a-b, or a-b:used/group, as bitmap_parselist takes them.
    private static bool AddRange(string part, SortedSet<int> ids)
    {
        int used = 1, group = 1;
        int colon = part.IndexOf(':', StringComparison.Ordinal);
        string range = colon < 0 ? part : part[..colon];
        if (colon >= 0)
        {
            string[] stride = part[(colon + 1)..].Split('/');
            if (stride.Length != 2 || !TryId(stride[0], out used) || !TryId(stride[1], out group)
                || used == 0 || used > group)
            {
                return false;
            }
        }

        string[] ends = range.Split('-');
        if (ends.Length > 2 || !TryId(ends[0], out int first))
        {
            return false;
        }

        int last = first;
        if (ends.Length == 2 && (!TryId(ends[1], out last) || last < first))
        {
            return false;
        }

        for (int id = first; id <= last; id++)
        {
            if ((id - first) % group < used)
            {
                ids.Add(id);
            }
        }

        return true;
    }

    private static bool TryId(string text, out int id) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out id) && id <= MaxCpuId;
}
