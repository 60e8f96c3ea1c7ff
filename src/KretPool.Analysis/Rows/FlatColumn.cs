using System.Globalization;
using System.Reflection;

namespace KretPool.Analysis.Rows;

/// <summary>One column of a flat row type.</summary>
public sealed class FlatColumn
{
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
        : type == typeof(double) ? Finite(Convert.ToDouble(value, CultureInfo.InvariantCulture))
        : Convert.ChangeType(value, type, CultureInfo.InvariantCulture);

    private static string ToText(object value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    private static double Finite(double value) =>
        double.IsFinite(value) ? value : throw new FormatException($"{value} is not a finite number.");

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

    // Export-Csv writes times in the culture of the session; the others write ISO 8601.
    private static DateTime ParseUtc(string text)
    {
        const DateTimeStyles AsUtc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTime.TryParse(text, CultureInfo.InvariantCulture, AsUtc, out var time)
            ? time
            : DateTime.Parse(text, CultureInfo.CurrentCulture, AsUtc);
    }
}
