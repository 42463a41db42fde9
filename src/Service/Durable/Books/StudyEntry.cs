using FunctionTune.Hosting;
using FunctionTune.Staging;
using FunctionTune.Studies;
using FunctionTune.Suggest;

namespace FunctionTune.Service.Durable.Books;

/// <summary>A study in the hands of this process: its log, and what carries out its trials from here.</summary>
internal sealed class StudyEntry(StudyId id, IStudyStore store, TrialPlatforms platforms, Suggesters suggesters)
    : IAsyncDisposable
{
    private readonly SemaphoreSlim _making = new(1, 1);
    private ITrialRunner? _runner;
    private ITrialRunner? _sweeper;
    private ISuggester? _suggester;

    public StudyId Id => id;

    public StudyLedger Ledger { get; } = new(id, store);

    /// <summary>The attempts that this process has asked to stop.</summary>
    public StopNotes Stops { get; } = new();

    /// <summary>When this process measures again what the runner can carry.</summary>
    public DateTimeOffset NextMeasure { get; set; } = DateTimeOffset.MinValue;

    /// <summary>How many are at work with it; of interest to the book alone.</summary>
    public int Users { get; set; }

    /// <summary>When the last of them left.</summary>
    public DateTimeOffset LastUse { get; set; }

    /// <summary>The study's algorithm.</summary>
    public ISuggester SuggesterOf(StudyRecord record) => _suggester ??= suggesters.Create(record.Spec.Algo);

    /// <summary>
    /// What carries out the trials. A study that only stops, or is over, needs no more than what ends its runs, which is to be had also when
    /// nothing can be started any more.
    /// </summary>
    /// <exception cref="FunctionTuneException">The trials cannot be carried out here and now.</exception>
    public async Task<ITrialRunner> RunnerAsync(CancellationToken cancellationToken)
    {
        await _making.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // A record of its own: the ledger's is read under its gate only.
            (StudyRecord study, bool stops) = await Ledger
                .LookAsync(
                    record => (Beginning(record), record.State.Status is StudyStatus.Stopping or StudyStatus.Ended),
                    cancellationToken
                )
                .ConfigureAwait(false);
            return _runner
                ?? (
                    stops
                        ? _sweeper ??= Sweeper(study)
                        : _runner = await CreateAsync(study, cancellationToken).ConfigureAwait(false)
                );
        }
        finally
        {
            _making.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (ITrialRunner runner in new[] { _runner, _sweeper }.OfType<ITrialRunner>())
        {
            await runner.DisposeAsync().ConfigureAwait(false);
        }

        Ledger.Dispose();
        _making.Dispose();
    }

    private ITrialRunner Sweeper(StudyRecord study)
    {
        (ITrialPlatform platform, IStagingArea area) = platforms.Of(study.Spec);
        return platform.CreateSweeper(study, area);
    }

    private Task<ITrialRunner> CreateAsync(StudyRecord study, CancellationToken cancellationToken)
    {
        if (study.Spec.Limits.CustomStopRule)
        {
            throw new FunctionTuneException(
                $"Study '{id}' stops by a rule in the code of the program that began it.",
                "Go on with it from that program."
            );
        }

        (ITrialPlatform platform, IStagingArea area) = platforms.Of(study.Spec);
        return platform.CreateRunnerAsync(study, area, cancellationToken);
    }

    private static StudyRecord Beginning(StudyRecord record) =>
        StudyRecord.From([new StudyEvent.Created(record.CreatedAt, StudyJson.Format, record.Id, record.Spec)]);
}
