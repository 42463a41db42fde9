using System.Text.Json;
using FunctionTune.Studies;

namespace FunctionTune.Staging;

/// <summary>
/// Datasets in a staging area, named by what they hold: <c>datasets/&lt;sha256&gt;/</c> with the files and a
/// <c>manifest.json</c>. The same bytes are stored once.
/// </summary>
/// <param name="area">The area.</param>
public sealed class DatasetStore(IStagingArea area)
{
    private const string Manifest = "manifest.json";

    /// <summary>The largest manifest, in bytes: some hundred thousand files.</summary>
    private const int MaxManifest = 128 << 20;

    /// <summary>Stages a dataset; what is there already is not sent again.</summary>
    /// <param name="kind">Whether it is a file or a folder.</param>
    /// <param name="files">Its files.</param>
    /// <param name="sent">Told the bytes of the dataset that are there so far.</param>
    /// <param name="cancellationToken">Interrupts it; what has arrived is kept for the next time.</param>
    /// <returns>The dataset by reference.</returns>
    /// <exception cref="FunctionTuneException">A file changed meanwhile, or the area holds something else under this name.</exception>
    public async Task<DataReference> PutAsync(
        DatasetKind kind,
        IReadOnlyCollection<SourceFile> files,
        IProgress<long>? sent,
        CancellationToken cancellationToken
    )
    {
        var manifest = DatasetManifest.Of(kind, files);
        if (await FindAsync(manifest.Sha256, cancellationToken).ConfigureAwait(false) is { } found)
        {
            sent?.Report(manifest.Bytes);
            return Reference(found);
        }

        if (files.Any(file => string.Equals(file.Name, Manifest, StringComparison.Ordinal)))
        {
            throw new FunctionTuneException(
                $"The name '{Manifest}' is taken in every dataset, but a file of this one has it.",
                "Rename the file, or put it into a folder below."
            );
        }

        await new DatasetUpload(area, file => Path(manifest.Sha256, file.Name), sent)
            .RunAsync(files, cancellationToken)
            .ConfigureAwait(false);
        await area.CreateAsync(Path(manifest.Sha256, Manifest), manifest.Write(), cancellationToken)
            .ConfigureAwait(false);
        // Somebody else may have staged the same bytes under another name meanwhile: the manifest that is there counts.
        return Reference(
            await FindAsync(manifest.Sha256, cancellationToken).ConfigureAwait(false)
                ?? throw new FunctionTuneException(
                    $"The manifest of dataset {manifest.Sha256} was written, but cannot be read.",
                    "Look at what else works on the staging area, and try again."
                )
        );
    }

    /// <summary>The manifest of a dataset; null when it is not there, or not whole yet.</summary>
    /// <param name="sha256">The dataset's SHA-256.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="FunctionTuneException">What is there is no manifest.</exception>
    public async Task<DatasetManifest?> FindAsync(string sha256, CancellationToken cancellationToken)
    {
        string path = Path(sha256, Manifest);
        ReadOnlyMemory<byte>? bytes = await area.ReadAsync(path, 0, MaxManifest, cancellationToken)
            .ConfigureAwait(false);
        try
        {
            return bytes is { } json ? DatasetManifest.Read(json.Span) : null;
        }
        catch (JsonException fault)
        {
            throw new FunctionTuneException(
                $"{area.AddressOf(path)} is no manifest: {fault.Message}",
                "Remove the dataset's folder; the next study stages it again."
            );
        }
    }

    private DataReference Reference(DatasetManifest manifest)
    {
        string place = manifest.Kind == DatasetKind.File ? manifest.Files[0].Name : "";
        return new DataReference(area.AddressOf(Path(manifest.Sha256, place)), manifest.Sha256, manifest.Bytes)
        {
            Manifest = manifest.Kind == DatasetKind.Folder ? area.AddressOf(Path(manifest.Sha256, Manifest)) : null,
        };
    }

    private static string Path(string sha256, string name) =>
        name.Length == 0 ? $"datasets/{sha256}" : $"datasets/{sha256}/{name}";
}
