using System.Collections.Immutable;
using FunctionTune.Studies;

namespace FunctionTune.Staging;

/// <summary>Staged data as trials are told it.</summary>
public static class StagedData
{
    /// <summary>The references with places that a trial can open: those in the area get its places, others stay.</summary>
    /// <param name="area">The area.</param>
    /// <param name="data">The study's data by name.</param>
    /// <param name="cancellationToken">Ends the reading of manifests.</param>
    /// <exception cref="FunctionTuneException">The manifest of a folder cannot be read.</exception>
    public static async Task<ImmutableSortedDictionary<string, DataReference>> ForTrialAsync(
        IStagingArea area,
        ImmutableSortedDictionary<string, DataReference> data,
        CancellationToken cancellationToken
    )
    {
        string root = area.AddressOf("").TrimEnd('/') + "/";
        ImmutableSortedDictionary<string, DataReference> told = data;
        foreach ((string name, DataReference reference) in data)
        {
            if (reference.Uri.StartsWith(root, StringComparison.Ordinal))
            {
                string path = reference.Uri[root.Length..];
                told = told.SetItem(
                    name,
                    reference with
                    {
                        Uri = area.UriOf(path, StagingUse.Read),
                        Manifest = reference.Manifest is { } manifest
                            ? area.UriOf(manifest[root.Length..], StagingUse.Read)
                            : null,
                        Files = await FilesAsync(area, path, reference, cancellationToken).ConfigureAwait(false),
                    }
                );
            }
        }

        return told;
    }

    /// <summary>A permission for a folder does not reach its files where each file needs one: they are told one by one.</summary>
    private static async Task<ImmutableSortedDictionary<string, string>?> FilesAsync(
        IStagingArea area,
        string path,
        DataReference reference,
        CancellationToken cancellationToken
    )
    {
        const string any = "/file";
        string below = area.UriOf(path, StagingUse.Read) + any;
        if (
            reference is not { Manifest: not null, Sha256: { } sha256 }
            || string.Equals(area.UriOf(path + any, StagingUse.Read), below, StringComparison.Ordinal)
        )
        {
            return null;
        }

        DatasetManifest manifest =
            await new DatasetStore(area).FindAsync(sha256, cancellationToken).ConfigureAwait(false)
            ?? throw new FunctionTuneException(
                $"A staged folder must have its manifest, but there is none at {reference.Manifest}.",
                "Start a new study, which stages the folder again."
            );
        return manifest.Files.ToImmutableSortedDictionary(
            file => file.Name,
            file => area.UriOf($"{path}/{file.Name}", StagingUse.Read),
            StringComparer.Ordinal
        );
    }
}
