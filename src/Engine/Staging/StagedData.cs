using System.Collections.Immutable;
using FunctionTune.Studies;

namespace FunctionTune.Staging;

/// <summary>Staged data as trials are told it.</summary>
public static class StagedData
{
    /// <summary>The references with places that a trial can open: those in the area get its places, others stay.</summary>
    /// <param name="area">The area.</param>
    /// <param name="data">The study's data by name.</param>
    public static ImmutableSortedDictionary<string, DataReference> ForTrial(
        IStagingArea area,
        ImmutableSortedDictionary<string, DataReference> data
    )
    {
        string root = area.AddressOf("").TrimEnd('/') + "/";
        return data.SetItems(
            data.Select(entry =>
                KeyValuePair.Create(
                    entry.Key,
                    entry.Value with
                    {
                        Uri = Place(area, root, entry.Value.Uri),
                        Manifest = entry.Value.Manifest is { } manifest ? Place(area, root, manifest) : null,
                    }
                )
            )
        );
    }

    private static string Place(IStagingArea area, string root, string address) =>
        address.StartsWith(root, StringComparison.Ordinal)
            ? area.UriOf(address[root.Length..], StagingUse.Read)
            : address;
}
