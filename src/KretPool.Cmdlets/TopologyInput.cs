using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using System.Text.Json;
using System.Text.Json.Nodes;
using KretPool.Topology;

namespace KretPool.Cmdlets;

/// <summary>Topologies from the pipeline and from parameters, live or as CLIXML or remoting left them.</summary>
internal static class TopologyInput
{
    /// <summary>Reads a topology.</summary>
    /// <param name="input">Any object.</param>
    /// <param name="topology">The topology.</param>
    /// <returns>Whether the object was a topology, live or not.</returns>
    /// <exception cref="FormatException">It was, but not all of it is there.</exception>
    public static bool TryRead(PSObject input, [NotNullWhen(true)] out CpuTopology? topology)
    {
        topology = input.BaseObject as CpuTopology;
        if (topology is not null)
        {
            return true;
        }

        if (input.Properties[nameof(CpuTopology.Digest)]?.Value?.ToString() is not { } digest
            || input.Properties[nameof(CpuTopology.OnlineCpus)] is null)
        {
            return false;
        }

        try
        {
            topology = ToJson(input).Deserialize<CpuTopology>();
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidOperationException)
        {
            throw Incomplete(e);
        }

        return topology?.Digest == digest ? true : throw Incomplete(null);
    }

    private static FormatException Incomplete(Exception? cause) =>
        new(
            "This copy of a topology is not complete: lists in it have become texts, or something was changed. "
            + "Remoting and Export-Clixml keep all of it; Export-CpuTopology writes a capture for Get-CpuTopology -Path.",
            cause);

    // JSON is the short way from properties by name to records. A copy is an object of properties, lists, and one map:
    // a node's distances by the ids of nodes.
    private static JsonNode? ToJson(object? value) => value switch
    {
        null => null,
        PSObject { BaseObject: PSCustomObject } copy => new JsonObject(copy.Properties.Select(
            property => KeyValuePair.Create(property.Name, ToJson(property.Value)))),
        PSObject wrapped => ToJson(wrapped.BaseObject),
        string text => text,
        IDictionary map => new JsonObject(map.Keys.Cast<object>().OrderBy(key => key).Select(
            key => KeyValuePair.Create(LanguagePrimitives.ConvertTo<string>(key), ToJson(map[key])))),
        IEnumerable list => new JsonArray([.. list.Cast<object?>().Select(ToJson)]),
        _ => JsonSerializer.SerializeToNode(value),
    };
}
