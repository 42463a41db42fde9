using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FunctionTune.Hosting;
using FunctionTune.Remote.Jobs;
using FunctionTune.Remote.Trials;
using FunctionTune.Staging;
using FunctionTune.Studies;

namespace FunctionTune.Remote.Batching;

/// <summary>
/// Who is in which batch, in files that are written once. A trial claims its place by a file <c>batch-&lt;n&gt;.json</c> beside
/// its trial file, which names a batch; the batch's own file <c>batches/&lt;token&gt;/batch.json</c> lists its trials, and only
/// who is in that list is in the batch. A list without trials makes a batch void for ever: then its claims are worth nothing, and
/// the trial claims again with the next number.
/// </summary>
/// <remarks>
/// The list is written before the job is submitted, and the job's token is the batch's. So whoever finds a list submits the same
/// job, and a trial is never in two batches that run, whenever and wherever a host dies.
/// </remarks>
/// <param name="area">The staging area.</param>
internal sealed partial class BatchFiles(IStagingArea area)
{
    private const int MaxFile = 1 << 20;

    /// <summary>Where a job finds the list of its trials.</summary>
    public string PlaceOf(StudyId study, string batch) => area.UriOf(ListOf(study, batch), StagingUse.Read);

    /// <summary>Claims a place in a batch.</summary>
    /// <returns>Whether the trial has this place; false when it claimed another by this number.</returns>
    public Task<bool> ClaimAsync(TrialStart start, int number, string batch, CancellationToken cancellationToken) =>
        area.CreateAsync(
            ClaimOf(start.Study, new TrialAttempt(start.Trial, start.Attempt), number),
            JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["batch"] = batch }),
            cancellationToken
        );

    /// <summary>The batch that a trial claimed by a number; null when it claimed none.</summary>
    public async Task<string?> ClaimedAsync(TrialStart start, int number, CancellationToken cancellationToken)
    {
        string path = ClaimOf(start.Study, new TrialAttempt(start.Trial, start.Attempt), number);
        return await ReadAsync(path, cancellationToken).ConfigureAwait(false) is { } claim
            ? claim["batch"]?.GetValue<string>()
            : null;
    }

    /// <summary>Writes the list of a batch, unless it is there.</summary>
    /// <param name="study">The study.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="places">The places of the trial files, in the order in which they are carried out; none to make it void.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <returns>The trials of the list that is there now.</returns>
    public async Task<ImmutableArray<TrialAttempt>> ListAsync(
        StudyId study,
        string batch,
        IEnumerable<string> places,
        CancellationToken cancellationToken
    )
    {
        var list = new JsonObject
        {
            ["token"] = batch,
            ["trials"] = new JsonArray([.. places.Select(place => JsonValue.Create(place))]),
        };
        byte[] content = JsonSerializer.SerializeToUtf8Bytes(list);
        await area.CreateAsync(ListOf(study, batch), content, cancellationToken).ConfigureAwait(false);
        return await MembersAsync(study, batch, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether a batch of the study was ever listed here.</summary>
    public async Task<bool> ExistsAsync(StudyId study, string batch, CancellationToken cancellationToken) =>
        await ReadAsync(ListOf(study, batch), cancellationToken).ConfigureAwait(false) is not null;

    /// <summary>Tells a trial not to begin: the client looks for the file before each trial.</summary>
    public Task StopAsync(StudyId study, TrialAttempt trial, CancellationToken cancellationToken) =>
        area.CreateAsync(PathOf(study, trial, "stop"), "{}"u8.ToArray(), cancellationToken);

    /// <summary>The first trial of a batch that has no result and was not asked to stop; null when there is none.</summary>
    public async Task<TrialAttempt?> FirstOpenAsync(
        StudyId study,
        string batch,
        Func<StudyId, TrialAttempt, bool> isAsked,
        TrialFiles files,
        CancellationToken cancellationToken
    )
    {
        foreach (TrialAttempt trial in await MembersAsync(study, batch, cancellationToken).ConfigureAwait(false))
        {
            var run = new TrialRun(study, trial.Trial, trial.Attempt, default);
            if (
                !isAsked(study, trial)
                && await files.ReadEndAsync(run, "", cancellationToken).ConfigureAwait(false) is null
            )
            {
                return trial;
            }
        }

        return null;
    }

    private async Task<ImmutableArray<TrialAttempt>> MembersAsync(
        StudyId study,
        string batch,
        CancellationToken cancellationToken
    )
    {
        JsonObject? list = await ReadAsync(ListOf(study, batch), cancellationToken).ConfigureAwait(false);
        return list?["trials"] is JsonArray trials
            ? [.. trials.Select(place => Attempt().Match(place!.GetValue<string>())).Select(Number)]
            : [];
    }

    private async Task<JsonObject?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte>? content = await area.ReadAsync(path, 0, MaxFile, cancellationToken).ConfigureAwait(false);
        return content is { } bytes ? JsonNode.Parse(bytes.Span) as JsonObject : null;
    }

    private static TrialAttempt Number(Match match) =>
        new(
            int.Parse(match.Groups["trial"].ValueSpan, CultureInfo.InvariantCulture),
            int.Parse(match.Groups["attempt"].ValueSpan, CultureInfo.InvariantCulture)
        );

    private static string ListOf(StudyId study, string batch) => $"studies/{study}/batches/{batch}/batch.json";

    private static string ClaimOf(StudyId study, TrialAttempt trial, int number) =>
        PathOf(study, trial, string.Create(CultureInfo.InvariantCulture, $"batch-{number}.json"));

    private static string PathOf(StudyId study, TrialAttempt trial, string name) =>
        string.Create(CultureInfo.InvariantCulture, $"studies/{study}/trials/{trial.Trial}/{trial.Attempt}/{name}");

    [GeneratedRegex(
        @"/trials/(?<trial>\d+)/(?<attempt>\d+)/trial\.json",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Attempt();
}
