using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace KretPool.HelpBuilder;

/// <summary>What holds for a parameter in every parameter set.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type; for a nullable value the type of the value.</param>
/// <param name="Aliases">Its other names.</param>
/// <param name="TakesWildcards">Whether wildcards in its value mean something.</param>
/// <param name="DefaultValue">What it is when it is not given, as text; null if it is nothing then.</param>
/// <param name="Values">The values it takes, where there is a list of them.</param>
public sealed record ParameterFacts(
    string Name,
    Type Type,
    IReadOnlyList<string> Aliases,
    bool TakesWildcards,
    string? DefaultValue,
    IReadOnlyList<string> Values)
{
    /// <summary>Whether it is a switch.</summary>
    public bool IsSwitch => Type == typeof(SwitchParameter);

    /// <summary>Whether PowerShell gives it to every cmdlet that changes something.</summary>
    public bool IsOptionalCommon => Cmdlet.OptionalCommonParameters.Contains(Name);

    /// <summary>The name of the type as help shows it.</summary>
    public string TypeName => ShortName(Type);

    internal static ParameterFacts Read(ParameterMetadata parameter, object defaults)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        return new ParameterFacts(
            parameter.Name,
            type,
            [.. parameter.Aliases],
            parameter.Attributes.OfType<SupportsWildcardsAttribute>().Any(),
            DefaultOf(parameter, type, defaults),
            ValuesOf(parameter, type));
    }

    private static string? DefaultOf(ParameterMetadata parameter, Type type, object defaults)
    {
        if (parameter.Attributes.OfType<PSDefaultValueAttribute>().FirstOrDefault() is { } said)
        {
            return said.Help ?? TextOf(said.Value);
        }

        object? value = defaults.GetType().GetProperty(parameter.Name)?.GetValue(defaults);
        bool isUnset = type.IsValueType && type != typeof(SwitchParameter)
            && Equals(value, System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(type));
        return isUnset ? null : TextOf(value);
    }

    private static string? TextOf(object? value) => value switch
    {
        null or "" => null,
        SwitchParameter given => given.IsPresent.ToString(),
        string text => text,
        TimeSpan time => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds}ms"),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable items => string.Join(", ", items.Cast<object?>().Select(TextOf)) is { Length: > 0 } list ? list : null,
        _ => value.ToString(),
    };

    private static string[] ValuesOf(ParameterMetadata parameter, Type type)
    {
        var element = type.IsArray ? type.GetElementType()! : type;
        return parameter.Attributes.OfType<ValidateSetAttribute>().FirstOrDefault() is { } set ? [.. set.ValidValues]
            : element.IsEnum ? Enum.GetNames(element)
            : CompletedEnum(parameter) is { } named ? Enum.GetNames(named)
            : [];
    }

    // A parameter that takes names of an enumeration as text, for tooltips and wildcards, says so by its completer.
    private static Type? CompletedEnum(ParameterMetadata parameter) =>
        parameter.Attributes.OfType<ArgumentCompleterAttribute>().FirstOrDefault()?.Type
            is { IsGenericType: true } completer && completer.GetGenericArguments()[0] is { IsEnum: true } named ? named : null;

    private static string ShortName(Type type)
    {
        if (type.IsArray)
        {
            return ShortName(type.GetElementType()!) + "[]";
        }

        if (!type.IsGenericType)
        {
            return type.Name;
        }

        string name = type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)];
        return $"{name}[{string.Join(", ", type.GetGenericArguments().Select(ShortName))}]";
    }
}
