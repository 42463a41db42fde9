using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionTune.History;
using FunctionTune.Hosting;
using FunctionTune.Local.Stores;
using FunctionTune.Service.Rules;
using FunctionTune.Staging;
using FunctionTune.Studies;

namespace FunctionTune.Service.Tests.Schedules;

/// <summary>
/// A host over a folder whose studies are created as real ones are, and whose trials are played by the test: a trial is a call of
/// a function that returns the loss, or null for a failure.
/// </summary>
internal sealed class FolderHost(string folder, TimeProvider time) : IStudyHost, IDisposable
{
    private static readonly JsonElement s_handle = JsonSerializer.SerializeToElement(new { });

    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly FolderStudyStore _store = new(folder);
    private readonly FolderStagingArea _area = new(folder);

    public IStudyStore Store => _store;

    public IStagingArea Area => _area;

    public StudyRules Rules { get; } =
        new(
            new TrialPlatforms(new FolderStagingArea(folder), [new ProgramPlatform()]),
            new HostRules(),
            Suggesters.BuiltIn
        );

    public IStagingNames Names => _area;

    /// <summary>The studies that this host was asked to begin, each as often as it was.</summary>
    public ConcurrentQueue<StudyId> Begun { get; } = [];

    /// <summary>Completes when it has begun a study.</summary>
    public Task FirstBegun => _begun.Task;

    /// <summary>What the host says instead of beginning.</summary>
    public FunctionTuneException? Fault { get; set; }

    /// <summary>Whether requests stay requests, as while data is staged.</summary>
    public bool IsPreparing { get; set; }

    public async Task BeginAsync(StudyId id, CancellationToken cancellationToken)
    {
        if (Fault is not null)
        {
            throw Fault;
        }

        Begun.Enqueue(id);
        StudyRequest request = (await new StudyRequests(Area).ReadAsync(id, cancellationToken))!;
        StudySpec spec = StudySpecJson.Read(request.Study).Required();
        try
        {
            if (!IsPreparing)
            {
                StudyEvent created = new StudyEvent.Created(time.GetUtcNow(), StudyJson.Format, id, spec);
                await Store.AppendAsync(id, 0, [created], cancellationToken);
            }
        }
        catch (StudyVersionException)
        {
            // Somebody works on it already.
        }

        _begun.TrySetResult();
    }

    public Task SteerAsync(StudyId id, StudyEvent wish, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <summary>A study as its log tells it.</summary>
    public async Task<StudyRecord> ReadAsync(StudyId id, CancellationToken cancellationToken) =>
        StudyRecord.From((await Store.ReadAsync(id, 0, cancellationToken)).Events);

    /// <summary>Plays so many more trials of a study, one after the other.</summary>
    public async Task<StudyRecord> PlayAsync(
        StudyId id,
        int trials,
        Func<JsonNode, double?> objective,
        CancellationToken cancellationToken
    )
    {
        StudyRecord study = await ReadAsync(id, cancellationToken);
        for (int i = 0; i < trials; i++)
        {
            (int number, long version) = (study.Trials.Count, study.Version);
            var suggest = new StudyCommand.Suggest(number, 1);
            study.Apply(
                SuggestStep.Answer(suggest, study, Suggesters.BuiltIn.Create(study.Spec.Algo), time.GetUtcNow())
            );
            JsonNode parameters = study.Spec.Space.Evaluate(study.Trials[number].Point)!;
            TrialOutcome outcome = objective(parameters) is { } loss
                ? new TrialOutcome.Succeeded(new TrialResult(loss))
                : new TrialOutcome.Failed(FailureKind.Exception, "no luck");
            StudyEvent[] events =
            [
                new StudyEvent.Suggested(
                    time.GetUtcNow(),
                    version,
                    [new SuggestedTrial(number, study.Spec.Space.ToLabels(study.Trials[number].Point), "rand")]
                ),
                new StudyEvent.Started(time.GetUtcNow(), number, 1, s_handle),
                new StudyEvent.Finished(time.GetUtcNow(), number, 1, outcome),
            ];
            await Store.AppendAsync(id, version, [.. events], cancellationToken);
            study = await ReadAsync(id, cancellationToken);
        }

        return study;
    }

    /// <summary>Ends a study.</summary>
    public async Task<StudyRecord> EndAsync(StudyId id, CancellationToken cancellationToken)
    {
        StudyRecord study = await ReadAsync(id, cancellationToken);
        DateTimeOffset now = time.GetUtcNow();
        StudyEvent[] events = [new StudyEvent.CancelRequested(now), new StudyEvent.Ended(now, StopReason.Cancelled)];
        await Store.AppendAsync(id, study.Version, [.. events], cancellationToken);
        return await ReadAsync(id, cancellationToken);
    }

    public void Dispose() => _store.Dispose();
}
