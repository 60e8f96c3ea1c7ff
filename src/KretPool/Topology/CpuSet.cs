using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace KretPool.Topology;

/// <summary>A set of CPU ids. Its text form is the kernel's CPU list: <c>0-3,8</c>. Immutable.</summary>
/// <remarks>Source of the formats: Linux, Documentation/admin-guide/cputopology.rst, bitmap_parselist and
/// bitmap_parse.</remarks>
public sealed class CpuSet : IReadOnlyList<int>, IEquatable<CpuSet>
{
    /// <summary>The largest CPU id that is read: far above what any kernel supports, so that junk costs no memory.</summary>
    public const int MaxCpuId = (1 << 16) - 1;

    private readonly int[] _ids;

    private CpuSet(int[] ascending) => _ids = ascending;

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
        var list = new List<int>();
        foreach (int id in ids)
        {
            if (id is < 0 or > MaxCpuId)
            {
                throw new ArgumentOutOfRangeException(nameof(ids), id, $"A CPU id is from 0 to {MaxCpuId}.");
            }

            list.Add(id);
        }

        return FromUnordered(list);
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

        var rest = text.AsSpan().Trim();
        if (rest.IsEmpty)
        {
            set = Empty;
            return true;
        }

        var ids = new List<int>();
        while (true)
        {
            int comma = rest.IndexOf(',');
            if (!AddRange((comma < 0 ? rest : rest[..comma]).Trim(), ids))
            {
                return false;
            }

            if (comma < 0)
            {
                set = FromUnordered(ids);
                return true;
            }

            rest = rest[(comma + 1)..];
        }
    }

    /// <summary>Reads a CPU mask.</summary>
    /// <param name="text">Hexadecimal words of 32 bits, the highest first, with commas between: <c>00000001,0000000f</c>.
    /// An empty word is zero.</param>
    /// <param name="set">The set, if the text is a mask.</param>
    /// <returns>Whether the text is a mask.</returns>
    public static bool TryParseMask(string? text, [NotNullWhen(true)] out CpuSet? set)
    {
        set = null;
        var mask = text.AsSpan().Trim();
        if (mask.IsEmpty)
        {
            return false;
        }

        // From the right: the last digit holds CPUs 0 to 3. A comma moves on to the next 32.
        var ids = new List<int>();
        bool words = mask.Contains(',');
        int word = 0, digit = 0;
        for (int i = mask.Length - 1; i >= 0; i--)
        {
            if (mask[i] == ',')
            {
                word++;
                digit = 0;
                continue;
            }

            if (!char.IsAsciiHexDigit(mask[i]) || (words && digit == 8))
            {
                return false;
            }

            int bits = char.IsAsciiDigit(mask[i]) ? mask[i] - '0' : (mask[i] | 0x20) - 'a' + 10;
            int first = (word * 32) + (digit * 4);
            digit++;
            for (int bit = 0; bits >> bit != 0; bit++)
            {
                if (first + bit > MaxCpuId)
                {
                    return false;
                }

                if ((bits >> bit & 1) != 0)
                {
                    ids.Add(first + bit);
                }
            }
        }

        set = FromUnordered(ids);
        return true;
    }

    /// <summary>Whether a CPU is in the set.</summary>
    /// <param name="id">The CPU id.</param>
    /// <returns>Whether it is.</returns>
    public bool Contains(int id) => Array.BinarySearch(_ids, id) >= 0;

    /// <summary>The CPUs in both sets.</summary>
    /// <param name="other">The other set.</param>
    /// <returns>The intersection.</returns>
    public CpuSet Intersect(CpuSet other) => Keep(other, wanted: true);

    /// <summary>The CPUs in either set.</summary>
    /// <param name="other">The other set.</param>
    /// <returns>The union.</returns>
    public CpuSet Union(CpuSet other)
    {
        if (other.Count == 0)
        {
            return this;
        }

        var ids = new List<int>(_ids);
        ids.AddRange(other._ids);
        return FromUnordered(ids);
    }

    /// <summary>The CPUs of this set that are not in another.</summary>
    /// <param name="other">The other set.</param>
    /// <returns>The difference.</returns>
    public CpuSet Except(CpuSet other) => Keep(other, wanted: false);

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)_ids).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(CpuSet? other) => other is not null && _ids.AsSpan().SequenceEqual(other._ids);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as CpuSet);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (int id in _ids)
        {
            hash.Add(id);
        }

        return hash.ToHashCode();
    }

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

            text.Append(text.Length == 0 ? "" : ",").Append(_ids[i]);
            if (last > i)
            {
                text.Append('-').Append(_ids[last]);
            }

            i = last + 1;
        }

        return text.ToString();
    }

    private static CpuSet FromUnordered(List<int> ids)
    {
        ids.Sort();
        int count = 0;
        for (int i = 0; i < ids.Count; i++)
        {
            if (count == 0 || ids[i] != ids[count - 1])
            {
                ids[count++] = ids[i];
            }
        }

        return count == 0 ? Empty : new(ids.GetRange(0, count).ToArray());
    }

    private CpuSet Keep(CpuSet other, bool wanted)
    {
        var kept = new List<int>(_ids.Length);
        foreach (int id in _ids)
        {
            if (other.Contains(id) == wanted)
            {
                kept.Add(id);
            }
        }

        return kept.Count == 0 ? Empty : new([.. kept]);
    }

    // a, a-b, or a-b:used/group, as bitmap_parselist takes them.
    private static bool AddRange(ReadOnlySpan<char> part, List<int> ids)
    {
        int used = 1, group = 1;
        int colon = part.IndexOf(':');
        var range = colon < 0 ? part : part[..colon];
        if (colon >= 0)
        {
            var stride = part[(colon + 1)..];
            int slash = stride.IndexOf('/');
            if (slash < 0 || !TryId(stride[..slash], out used) || !TryId(stride[(slash + 1)..], out group)
                || used == 0 || used > group)
            {
                return false;
            }
        }

        int dash = range.IndexOf('-');
        if (!TryId(dash < 0 ? range : range[..dash], out int first))
        {
            return false;
        }

        int last = first;
        if (dash >= 0 && (!TryId(range[(dash + 1)..], out last) || last < first))
        {
            return false;
        }

        // Junk can repeat a wide range thousands of times; a list of a real machine never holds an id twice.
        if (ids.Count + (last - first) > 4 * MaxCpuId)
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

    private static bool TryId(ReadOnlySpan<char> text, out int id) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out id) && id <= MaxCpuId;
}
