using FunctionTune.Hosting;
using FunctionTune.Json;
using FunctionTune.Staging;
using FunctionTune.Studies;

namespace FunctionTune.Local;

/// <summary>The data that a study names on this machine: used where it lies, or staged.</summary>
/// <param name="progress">Told how far staging has come.</param>
internal sealed class LocalData(IProgress<StagingProgress>? progress) : IDataStaging
{
    /// <inheritdoc/>
    /// <remarks>A file stays in place when trials can reach it there; anything else is staged.</remarks>
    public async Task<StudySpec> StageAsync(
        StudySpec spec,
        IStagingArea area,
        bool sharesFiles,
        CancellationToken cancellationToken
    )
    {
        Dictionary<string, DataSource> found = await FindAsync(spec, cancellationToken).ConfigureAwait(false);
        var data = spec.Data.ToBuilder();
        foreach ((string name, DataSource source) in found)
        {
            data[name] =
                sharesFiles && source.Kind == DatasetKind.File
                    ? new DataReference(source.Files[0].Path, source.Files[0].Sha256, source.Files[0].Bytes)
                    : await PutAsync(name, spec.Data[name], source, area, cancellationToken).ConfigureAwait(false);
        }

        return spec with
        {
            Data = data.ToImmutable(),
        };
    }

    /// <summary>Makes sure that each file that is used in place still holds what the study began with.</summary>
    /// <exception cref="FunctionTuneException">A file is gone or holds other bytes.</exception>
    public static async Task VerifyAsync(StudySpec spec, CancellationToken cancellationToken)
    {
        foreach ((string name, DataReference known) in spec.Data)
        {
            if (known.Sha256 is null || known.Source is not null || DataSource.IsElsewhere(known.Uri))
            {
                continue;
            }

            DataSource? now = File.Exists(known.Uri) ? DataSource.Find(name, known.Uri, FolderOf(spec), []) : null;
            now = now is null ? null : await now.IdentifyAsync(cancellationToken).ConfigureAwait(false);
            if (now is null || Contradiction(name, known, now) is not null)
            {
                throw new FunctionTuneException(
                    now is null
                        ? $"The data '{name}' of the study is no longer at {known.Uri}."
                        : $"The data '{name}' at {known.Uri} has changed since the study began.",
                    "Losses over other data cannot be compared: put the old file back, or begin a new study."
                );
            }
        }
    }

    private static async Task<Dictionary<string, DataSource>> FindAsync(
        StudySpec spec,
        CancellationToken cancellationToken
    )
    {
        var problems = new List<Problem>();
        var found = new Dictionary<string, DataSource>(StringComparer.Ordinal);
        foreach ((string name, DataReference reference) in spec.Data)
        {
            if (DataSource.IsElsewhere(reference.Uri))
            {
                continue;
            }

            if (DataSource.Find(name, reference.Uri, FolderOf(spec), problems) is not { } source)
            {
                continue;
            }

            try
            {
                found[name] = await source.IdentifyAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (InvalidInputException unreadable)
            {
                problems.AddRange(unreadable.Problems);
                continue;
            }

            if (Contradiction(name, reference, found[name]) is { } problem)
            {
                problems.Add(problem);
            }
        }

        return problems.Count == 0 ? found : throw new InvalidInputException([.. problems]);
    }

    private async Task<DataReference> PutAsync(
        string name,
        DataReference said,
        DataSource source,
        IStagingArea area,
        CancellationToken cancellationToken
    )
    {
        long bytes = source.Files.Sum(file => file.Bytes);
        IProgress<long>? sent = progress is null ? null : new Named(name, bytes, progress);
        DataReference staged = await new DatasetStore(area)
            .PutAsync(source.Kind, source.Files, sent, cancellationToken)
            .ConfigureAwait(false);
        return staged with { Source = said.Uri };
    }

    private static string FolderOf(StudySpec spec) => spec.BaseFolder ?? Directory.GetCurrentDirectory();

    private static Problem? Contradiction(string name, DataReference said, DataSource found)
    {
        var manifest = DatasetManifest.Of(found.Kind, found.Files);
        bool same =
            (said.Sha256 is null || string.Equals(said.Sha256, manifest.Sha256, StringComparison.Ordinal))
            && (said.Bytes is null || said.Bytes == manifest.Bytes);
        return same
            ? null
            : new Problem(
                JsonPath.Key("$.data", name),
                "data holds the bytes that the study file says",
                $"{manifest.Bytes} bytes with SHA-256 {manifest.Sha256}",
                "Get the right file, or correct the study file."
            );
    }

    private sealed class Named(string name, long bytes, IProgress<StagingProgress> progress) : IProgress<long>
    {
        public void Report(long value) => progress.Report(new StagingProgress(name, value, bytes));
    }
}
