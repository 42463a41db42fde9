using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using FunctionTune.History;
using FunctionTune.Hosting;
using FunctionTune.Staging;
using FunctionTune.Studies;

namespace FunctionTune.Remote.Trials;

/// <summary>
/// The files of attempts in a staging area, <c>studies/&lt;id&gt;/trials/&lt;n&gt;/&lt;attempt&gt;/</c>: what a trial is told,
/// and what it leaves.
/// </summary>
/// <param name="area">The area.</param>
internal sealed class TrialFiles(IStagingArea area)
{
    /// <summary>The most bytes of progress taken at one look.</summary>
    public const int MaxProgress = 4 << 20;

    private const string Trial = "trial.json";
    private const string Result = "result.json";
    private const string Progress = "progress.jsonl";
    private const string Stop = "stop";

    /// <summary>The largest trial file that is looked into, in bytes.</summary>
    private const int MaxTrial = 16 << 20;

    /// <summary>Refuses an id under which another study has trials in the area already.</summary>
    /// <exception cref="InvalidInputException">There are some.</exception>
    public async Task RefuseTakenAsync(StudyId study, CancellationToken cancellationToken)
    {
        string first = PathOf(study, 0, 1, Trial);
        if (await area.ReadAsync(first, 0, 1, cancellationToken).ConfigureAwait(false) is not null)
        {
            throw new InvalidInputException([
                new Problem(
                    "$.staging",
                    "the area holds no trials of another study of the same id",
                    area.AddressOf(first),
                    $"Give the study an id of its own instead of '{study}', or another staging area, or remove that study's folder."
                ),
            ]);
        }
    }

    /// <summary>Writes what the trial is told, unless it is there already.</summary>
    /// <returns>Where the trial finds it; or the outcome, when the files of another study lie there.</returns>
    public async Task<TrialPlace> BeginAsync(TrialStart start, CancellationToken cancellationToken)
    {
        string path = PathOf(start.Study, start.Trial, start.Attempt, Trial);
        string place = area.UriOf(path, StagingUse.Read);
        TrialStart told = start with
        {
            Data = await StagedData.ForTrialAsync(area, start.Data, cancellationToken).ConfigureAwait(false),
        };
        string stop = PlaceBeside(place, PathOf(start.Study, start.Trial, start.Attempt, Stop), StagingUse.Read);
        byte[] document = TrialDocument.Write(
            told,
            PlaceBeside(place, PathOf(start.Study, start.Trial, start.Attempt, Result), StagingUse.Create),
            PlaceBeside(place, PathOf(start.Study, start.Trial, start.Attempt, Progress), StagingUse.Append),
            string.Equals(stop, Stop, StringComparison.Ordinal) ? null : stop
        );
        bool isOurs =
            await area.CreateAsync(path, document, cancellationToken).ConfigureAwait(false)
            || await BearsAsync(path, start.Token, cancellationToken).ConfigureAwait(false);
        return isOurs ? new TrialPlace(place, null) : new TrialPlace(null, Taken(start.Study, path));
    }

    /// <summary>What the trial left as its result; null when there is none.</summary>
    /// <param name="run">The attempt.</param>
    /// <param name="token">Its token: a result that bears another one is refused.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<TrialOutcome?> ReadEndAsync(TrialRun run, string token, CancellationToken cancellationToken)
    {
        string path = PathOf(run.Study, run.Trial, run.Attempt, Result);
        // A byte more than is allowed, so that the reader sees that it is too much.
        ReadOnlyMemory<byte>? result = await area.ReadAsync(path, 0, TrialResultReader.MaxBytes + 1, cancellationToken)
            .ConfigureAwait(false);
        return result is { IsEmpty: false } content ? TrialResultReader.Read(content.Span, token) : null;
    }

    /// <summary>What the trial reported on its way from a position on.</summary>
    /// <param name="run">The attempt.</param>
    /// <param name="from">Where the last look ended, in bytes; 0 for the first.</param>
    /// <param name="ended">Whether nothing more will be written, so that a last line without a line break counts too.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>
    /// The values of at most <see cref="MaxProgress"/> bytes, and where the next look begins: further than
    /// <paramref name="from"/> as long as there may be more.
    /// </returns>
    public async Task<(ImmutableArray<IntermediateValue> Values, long Next)> ReadProgressAsync(
        TrialRun run,
        long from,
        bool ended,
        CancellationToken cancellationToken
    )
    {
        string path = PathOf(run.Study, run.Trial, run.Attempt, Progress);
        ReadOnlyMemory<byte>? news = await area.ReadAsync(path, from, MaxProgress, cancellationToken)
            .ConfigureAwait(false);
        ReadOnlySpan<byte> read = news is { } bytes ? bytes.Span : [];
        int whole = read.LastIndexOf((byte)'\n') + 1;
        // A line that fills the whole look never comes to its end: it is passed over.
        whole = ended || (whole == 0 && read.Length == MaxProgress) ? read.Length : whole;
        return (IntermediateValueReader.ReadLines(read[..whole]), from + whole);
    }

    /// <summary>A place as the trial file names it: by the bare name when it lies beside the trial file.</summary>
    private string PlaceBeside(string trial, string path, StagingUse use)
    {
        string name = path[(path.LastIndexOf('/') + 1)..];
        string place = area.UriOf(path, use);
        return string.Equals(trial[..^Trial.Length] + name, place, StringComparison.Ordinal) ? name : place;
    }

    private async Task<bool> BearsAsync(string path, string token, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte>? found = await area.ReadAsync(path, 0, MaxTrial, cancellationToken).ConfigureAwait(false);
        try
        {
            using var document = JsonDocument.Parse(found ?? ReadOnlyMemory<byte>.Empty);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("token", out JsonElement there)
                && there.ValueEquals(token);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return false; // no trial file at all, or a token that is no text
        }
    }

    private TrialOutcome.Failed Taken(StudyId study, string path) =>
        new(
            FailureKind.Misconfigured,
            OutcomeText.Line(
                $"{area.AddressOf(path)} is there already, from another study '{study}': give this study an id of its "
                    + "own, or another staging area, or remove that study's folder"
            )
        );

    private static string PathOf(StudyId study, int trial, int attempt, string name) =>
        string.Create(CultureInfo.InvariantCulture, $"studies/{study}/trials/{trial}/{attempt}/{name}");
}
