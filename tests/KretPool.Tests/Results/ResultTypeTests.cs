using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using KretPool.Results;

namespace KretPool.Tests.Results;

public partial class ResultTypeTests
{
    // ImportExcel takes an object whose class name matches one of these for a plain value.
    private static readonly string[] s_primitives =
    [
        "string", "bool", "byte", "char", "decimal", "double", "float", "int", "long", "sbyte", "short", "uint", "ulong",
        "ushort", "URI", "DateTime", "TimeSpan", "Guid", "Enum",
    ];

    public static TheoryData<Type> ResultTypes =>
        [.. typeof(PoolBenchmarkResult).Assembly.GetExportedTypes()
            .Where(type => type.Namespace == typeof(PoolBenchmarkResult).Namespace && !type.IsEnum && !(type.IsAbstract && type.IsSealed))];

    [Theory]
    [MemberData(nameof(ResultTypes))]
    public void A_result_is_a_flat_row_of_scalars(Type type) =>
        Assert.All(type.GetProperties(), property => Assert.True(IsScalar(property.PropertyType), property.Name));

    [Theory]
    [MemberData(nameof(ResultTypes))]
    public void No_column_is_named_like_a_cell(Type type) =>
        Assert.DoesNotContain(type.GetProperties(), property => CellAddress().IsMatch(property.Name));

    [Theory]
    [MemberData(nameof(ResultTypes))]
    public void No_result_type_is_named_like_a_plain_value(Type type) =>
        Assert.DoesNotContain(s_primitives, name => type.Name.Contains(name, StringComparison.OrdinalIgnoreCase));

    [Theory]
    [MemberData(nameof(ResultTypes))]
    public void A_result_survives_JSON(Type type)
    {
        object filled = Fill(type);

        object back = JsonSerializer.Deserialize(JsonSerializer.Serialize(filled, type), type)!;

        Assert.All(type.GetProperties(), property => Assert.Equal(property.GetValue(filled), property.GetValue(back)));
    }

    [Theory]
    [MemberData(nameof(ResultTypes))]
    public void A_result_survives_being_text_in_every_column_as_in_CSV(Type type)
    {
        object filled = Fill(type);
        object back = Activator.CreateInstance(type)!;

        foreach (var property in type.GetProperties())
        {
            string text = property.GetValue(filled) is DateTime time
                ? time.ToString("O", CultureInfo.InvariantCulture)
                : Convert.ToString(property.GetValue(filled), CultureInfo.InvariantCulture)!;
            property.SetValue(back, Read(text, Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType));
        }

        Assert.All(type.GetProperties(), property => Assert.Equal(property.GetValue(filled), property.GetValue(back)));
    }

    private static bool IsScalar(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(Guid) || type == typeof(DateTime);
    }

    private static object Fill(Type type)
    {
        object result = Activator.CreateInstance(type)!;
        int number = 1;
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            number++;
            var scalar = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            property.SetValue(result, scalar switch
            {
                _ when scalar == typeof(string) => $"text, \"{number}\"; 0-3",
                _ when scalar == typeof(Guid) => new Guid(number, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11),
                _ when scalar == typeof(DateTime) => new DateTime(2026, 11, 23, 12, 0, number, DateTimeKind.Utc),
                _ when scalar.IsEnum => Enum.GetValues(scalar).GetValue(Enum.GetValues(scalar).Length - 1),
                _ when scalar == typeof(bool) => true,
                _ when scalar == typeof(double) => number + (1.0 / 3),
                _ => Convert.ChangeType(number, scalar, CultureInfo.InvariantCulture),
            });
        }

        return result;
    }

    private static object Read(string text, Type type) =>
        type.IsEnum ? Enum.Parse(type, text)
        : type == typeof(Guid) ? Guid.Parse(text)
        : type == typeof(DateTime) ? DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind)
        : Convert.ChangeType(text, type, CultureInfo.InvariantCulture);

    // A1 to XFD1048576, in any case.
    [GeneratedRegex("^[A-Z]{1,3}[0-9]{1,7}$", RegexOptions.IgnoreCase)]
    private static partial Regex CellAddress();
}
