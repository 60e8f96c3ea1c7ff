using System.Globalization;
using System.Reflection;

namespace KretPool.Analysis.Rows;

/// <summary>One column of a flat row type.</summary>
public sealed class FlatColumn
{
    // The last is American beyond doubt, whatever the culture here.
    private static readonly string[] s_plainForms =
    [
        "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-ddTHH:mmK", "yyyy-MM-dd HH:mmK", "yyyy-MM-dd",
        "M/d/yyyy h:mm:ss tt",
    ];

    private static readonly string[] s_dottedForms = ["d.M.yyyy H:mm:ss", "d.M.yyyy H:mm", "d.M.yyyy"];

    private readonly PropertyInfo _property;

    internal FlatColumn(PropertyInfo property)
    {
        _property = property;
        ValueType = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        IsNullable = Nullable.GetUnderlyingType(property.PropertyType) is not null;
    }

    /// <summary>The column's name.</summary>
    public string Name => _property.Name;

    /// <summary>The type of its values; the underlying type where it can be null.</summary>
    public Type ValueType { get; }

    /// <summary>Whether it can be without a value.</summary>
    public bool IsNullable { get; }

    /// <summary>Gets the value.</summary>
    /// <param name="row">The row.</param>
    /// <returns>The value, or null.</returns>
    public object? Get(object row) => _property.GetValue(row);

    /// <summary>Sets the value, converted to the column's type.</summary>
    /// <param name="row">The row.</param>
    /// <param name="value">A value of the column's type, or a text or number that stands for one; null or an empty
    /// text leaves the column as it is.</param>
    /// <exception cref="FormatException">The value does not fit the column.</exception>
    public void Set(object row, object? value)
    {
        if (value is null or "")
        {
            return;
        }

        try
        {
            _property.SetValue(row, ConvertTo(ValueType, value));
        }
        catch (Exception e) when (e is FormatException or OverflowException or InvalidCastException or ArgumentException)
        {
            throw new FormatException($"'{value}' is not a valid {Name} ({ValueType.Name}).", e);
        }
    }

    private static object ConvertTo(Type type, object value) =>
        type.IsInstanceOfType(value) && value is not DateTime ? value
        : type == typeof(DateTime) ? ToUtc(value)
        : type == typeof(Guid) ? Guid.Parse(ToText(value))
        : type == typeof(string) ? ToText(value)
        : type.IsEnum ? Enum.Parse(type, ToText(value), ignoreCase: true)
        : type == typeof(bool) && value is string text ? bool.Parse(text)
        : type == typeof(double) ? Finite(value is string number ? ParseDouble(number) : Convert.ToDouble(value, CultureInfo.InvariantCulture))
        : value is double or float or decimal ? Convert.ChangeType(Whole(Convert.ToDouble(value, CultureInfo.InvariantCulture)), type, CultureInfo.InvariantCulture)
        : Convert.ChangeType(value, type, CultureInfo.InvariantCulture);

    private static string ToText(object value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    private static double Finite(double value) =>
        double.IsFinite(value) ? value : throw new FormatException($"{value} is not a finite number.");

    private static double Whole(double value) =>
        Math.Floor(value) == value ? value : throw new FormatException($"{value} is not a whole number.");

    // Export-Csv writes numbers in the culture of the session, which in much of the world has a comma for the point, and
    // never groups digits. To take that comma for a group's would make the number larger by orders of magnitude.
    private static double ParseDouble(string text) => double.Parse(
        text.Contains('.', StringComparison.Ordinal) ? text : text.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture);

    // A time without a zone is UTC, because that is what the columns are declared to hold.
    private static DateTime ToUtc(object value) => value switch
    {
        DateTime { Kind: DateTimeKind.Unspecified } time => DateTime.SpecifyKind(time, DateTimeKind.Utc),
        DateTime time => time.ToUniversalTime(),
        DateTimeOffset time => time.UtcDateTime,

        // Days, as spreadsheets count them.
        double days => DateTime.SpecifyKind(DateTime.FromOADate(days), DateTimeKind.Utc),
        _ => ParseUtc(ToText(value)),
    };

    // All but Export-Csv write ISO 8601. It writes times in the culture of the session: most often of one like this, and
    // where parts have dots between, the day is first the world over. What is left is the invariant culture's.
    private static DateTime ParseUtc(string text)
    {
        const DateTimeStyles AsUtc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowWhiteSpaces;
        return DateTime.TryParseExact(text, s_plainForms, CultureInfo.InvariantCulture, AsUtc, out var time)
            || DateTime.TryParse(text, CultureInfo.CurrentCulture, AsUtc, out time) && CultureInfo.CurrentCulture.Name.Length > 0
            || DateTime.TryParseExact(text, s_dottedForms, CultureInfo.InvariantCulture, AsUtc, out time)
                ? time
                : DateTime.Parse(text, CultureInfo.InvariantCulture, AsUtc);
    }
}
