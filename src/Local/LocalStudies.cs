using System.Collections.Immutable;
using FunctionTune.Hosting;
using FunctionTune.Local.Processes;
using FunctionTune.Local.Spark;
using FunctionTune.Local.Stores;
using FunctionTune.Staging;
using FunctionTune.Studies;

namespace FunctionTune.Local;

/// <summary>The studies in a folder: create, run, look at and steer them. Safe to use from several processes at once.</summary>
public sealed class LocalStudies : IDisposable
{
    private readonly FolderStudyStore _store;
    private readonly TimeProvider _time;
    private readonly TrialPlatforms _platforms;

    /// <summary>The studies in <paramref name="folder"/>.</summary>
    /// <param name="folder">The store's folder; made when the first study is created.</param>
    /// <param name="time">The clock; the system's when null.</param>
    /// <param name="platforms">What carries out trials, besides programs of this machine.</param>
    /// <param name="suggesters">The search algorithms; those that come along when null.</param>
    public LocalStudies(
        string folder,
        TimeProvider? time = null,
        IEnumerable<ITrialPlatform>? platforms = null,
        Suggesters? suggesters = null
    )
    {
        Suggesters = suggesters ?? Suggesters.BuiltIn;
        Folder = Path.GetFullPath(folder);
        _store = new FolderStudyStore(Folder);
        _time = time ?? TimeProvider.System;
        Area = new FolderStagingArea(Folder);
        _platforms = new TrialPlatforms(
            Area,
            [
                new ProcessPlatform(Folder, _time),
                new SparkSubmitPlatform(Folder, _time, Environment.GetEnvironmentVariable),
                .. platforms ?? [],
            ]
        );
    }

    /// <summary>The store's folder, an absolute path.</summary>
    public string Folder { get; }

    /// <summary>The logs of the studies.</summary>
    public IStudyStore Store => _store;

    /// <summary>The store's folder as an area of files.</summary>
    public FolderStagingArea Area { get; }

    /// <summary>The search algorithms that are known here.</summary>
    public Suggesters Suggesters { get; }

    /// <summary>What carries out trials here.</summary>
    public TrialPlatforms Platforms => _platforms;

    /// <summary>The ids of all studies, in ordinal order.</summary>
    /// <param name="cancellationToken">Ends the listing.</param>
    public Task<ImmutableArray<StudyId>> ListAsync(CancellationToken cancellationToken = default) =>
        _store.ListAsync(cancellationToken);

    /// <summary>A study as its log tells it; null when there is none.</summary>
    /// <param name="id">The study.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="StudyLogException">The log is damaged.</exception>
    public async Task<StudyRecord?> ReadAsync(StudyId id, CancellationToken cancellationToken = default)
    {
        StudyLog log = await _store.ReadAsync(id, 0, cancellationToken).ConfigureAwait(false);
        return log.Events switch
        {
            [] => null,
            [StudyEvent.Created, ..] => StudyRecord.From(log.Events),
            _ => throw new StudyLogException(
                $"{new StudyFolder(Folder, id).Log}, line 1",
                "a log begins with the event that created the study."
            ),
        };
    }

    /// <summary>The study with what its description leaves to the environment, as it will be kept.</summary>
    /// <param name="spec">The study.</param>
    public StudySpec Complete(StudySpec spec) => _platforms.Complete(spec);

    /// <summary>Everything that is wrong with a study as far as it can be seen without asking anybody; writes nothing.</summary>
    /// <param name="spec">The study.</param>
    public IReadOnlyList<Problem> Check(StudySpec spec) => _platforms.Check(spec);

    /// <summary>Creates a study; nothing runs yet.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="spec">What it is to do.</param>
    /// <param name="creation">Who is told what happens meanwhile.</param>
    /// <param name="cancellationToken">Ends the attempt; data that was staged is kept for the next one.</param>
    /// <exception cref="StudyVersionException">There is a study of that id.</exception>
    /// <exception cref="InvalidInputException">
    /// The study's data is not there, its trial's project does not build, or its platform refuses it; nothing was created.
    /// </exception>
    /// <exception cref="FunctionTuneException">A service that the study needs cannot be reached; nothing was created.</exception>
    public async Task<StudyRecord> CreateAsync(
        StudyId id,
        StudySpec spec,
        StudyCreation? creation = null,
        CancellationToken cancellationToken = default
    )
    {
        var data = new LocalData(creation?.Staging);
        StudySpec known = await _platforms
            .PrepareAsync(id, spec, data, creation?.Warning, cancellationToken)
            .ConfigureAwait(false);
        StudyEvent created = new StudyEvent.Created(_time.GetUtcNow(), StudyJson.Format, id, known);
        await _store.AppendAsync(id, 0, [created], cancellationToken).ConfigureAwait(false);
        return StudyRecord.From([created]);
    }

    /// <summary>Runs a study, from wherever it stands, to its end.</summary>
    /// <param name="id">The study.</param>
    /// <param name="changed">Called with the study's record after each change, one call at a time.</param>
    /// <param name="cancellationToken">Interrupts the run: trials are stopped, the log is kept.</param>
    /// <exception cref="StudyBusyException">Another process runs the study.</exception>
    /// <exception cref="OperationCanceledException">The run was interrupted; it can be taken up again.</exception>
    /// <exception cref="FunctionTuneException">There is no such study, or its trials are functions of another program.</exception>
    public Task<StudyRecord> RunAsync(
        StudyId id,
        Action<StudyRecord>? changed = null,
        CancellationToken cancellationToken = default
    ) =>
        RunAsync(
            id,
            new StudyRunOptions
            {
                CreateRunner = CreateRunnerAsync,
                Suggesters = Suggesters,
                Changed = changed,
            },
            cancellationToken
        );

    /// <summary>Ends a study and the trials under way.</summary>
    /// <param name="id">The study.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <remarks>When another process runs the study it is asked; otherwise the log is written here.</remarks>
    public Task CancelAsync(StudyId id, CancellationToken cancellationToken = default) =>
        SteerAsync(id, new StudyEvent.CancelRequested(_time.GetUtcNow()), cancellationToken);

    /// <summary>Starts nothing new until the study is resumed; trials under way go on.</summary>
    /// <param name="id">The study.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public Task PauseAsync(StudyId id, CancellationToken cancellationToken = default) =>
        SteerAsync(id, new StudyEvent.Paused(_time.GetUtcNow()), cancellationToken);

    /// <summary>Lets a paused study go on.</summary>
    /// <param name="id">The study.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public Task ResumeAsync(StudyId id, CancellationToken cancellationToken = default) =>
        SteerAsync(id, new StudyEvent.Resumed(_time.GetUtcNow()), cancellationToken);

    /// <summary>Changes a study's limits, while it runs or afterwards.</summary>
    /// <param name="id">The study.</param>
    /// <param name="change">What is to change.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public Task ChangeLimitsAsync(StudyId id, LimitsChange change, CancellationToken cancellationToken = default) =>
        SteerAsync(id, new StudyEvent.LimitsChanged(_time.GetUtcNow(), change), cancellationToken);

    /// <summary>Hands a wish to the process that runs the study, or carries it out here when nobody does.</summary>
    /// <param name="id">The study.</param>
    /// <param name="wish">The user's wish: cancel, pause, resume or other limits.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task SteerAsync(StudyId id, StudyEvent wish, CancellationToken cancellationToken = default)
    {
        await RequiredAsync(id, cancellationToken).ConfigureAwait(false);
        while (true)
        {
            if (HolderOf(id) is not null)
            {
                if (await StudyWish.HandOverAsync(Folder, id, wish, _time, cancellationToken).ConfigureAwait(false))
                {
                    return;
                }

                continue;
            }

            try
            {
                await CarryOutAsync(id, wish, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (StudyBusyException)
            {
                // Somebody took the study up in this very moment: hand it over to them.
            }
        }
    }

    /// <summary>Ends whatever a study that is over may have left running on a cluster.</summary>
    /// <param name="id">The study.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>Whether there was anything to look for: a study that is over, and whose trials outlive their host.</returns>
    public async Task<bool> SweepAsync(StudyId id, CancellationToken cancellationToken = default)
    {
        StudyRecord study = await RequiredAsync(id, cancellationToken).ConfigureAwait(false);
        if (!study.State.IsOver || study.Spec.Trial is not TrialSpec.Remote)
        {
            return false;
        }

        ITrialRunner sweeper = CreateSweeper(study);
        await using (sweeper.ConfigureAwait(false))
        {
            await sweeper.SweepAsync(id, cancellationToken).ConfigureAwait(false);
            return sweeper.OutlivesHost;
        }
    }

    /// <summary>Who runs a study now; null when nobody does.</summary>
    /// <param name="id">The study.</param>
    public StudyHolder? HolderOf(StudyId id) => StudyLease.HolderOf(Folder, id);

    /// <inheritdoc/>
    public void Dispose() => _store.Dispose();

    internal async Task<StudyRecord> RunAsync(StudyId id, StudyRunOptions options, CancellationToken cancellationToken)
    {
        using StudyLease lease = StudyLease.Acquire(Folder, id, _time);
        StudyRecord record = await RequiredAsync(id, cancellationToken).ConfigureAwait(false);
        using var inbox = new FolderInbox(Folder, id, _time);
        await new StudySession(_store, _time, inbox).RunAsync(record, options, cancellationToken).ConfigureAwait(false);
        return record;
    }

    private async Task CarryOutAsync(StudyId id, StudyEvent wish, CancellationToken cancellationToken)
    {
        using StudyLease lease = StudyLease.Acquire(Folder, id, _time);
        StudyRecord record = await RequiredAsync(id, cancellationToken).ConfigureAwait(false);
        await _store.AppendAsync(id, record.Version, [wish], cancellationToken).ConfigureAwait(false);
        record.Apply(wish);
        if (record.State.Status == StudyStatus.Stopping)
        {
            // Nothing is started any more: what an earlier host left running is stopped, and the study ends.
            var options = new StudyRunOptions { CreateRunner = (study, _) => Task.FromResult(CreateSweeper(study)) };
            await new StudySession(_store, _time, inbox: null)
                .RunAsync(record, options, cancellationToken)
                .ConfigureAwait(false);
        }
    }

    private async Task<ITrialRunner> CreateRunnerAsync(StudyRecord study, CancellationToken cancellationToken)
    {
        (ITrialPlatform platform, IStagingArea area) = _platforms.Of(study.Spec);
        await LocalData.VerifyAsync(study.Spec, cancellationToken).ConfigureAwait(false);
        return await platform.CreateRunnerAsync(study, area, cancellationToken).ConfigureAwait(false);
    }

    private ITrialRunner CreateSweeper(StudyRecord study)
    {
        if (study.Spec.Trial is TrialSpec.InProcess)
        {
            // Functions end with their program: nothing of them can be left.
            return new ProcessTrialRunner(Folder, new TrialSpec.Process(), Folder, _time);
        }

        (ITrialPlatform platform, IStagingArea area) = _platforms.Of(study.Spec);
        return platform.CreateSweeper(study, area);
    }

    private async Task<StudyRecord> RequiredAsync(StudyId id, CancellationToken cancellationToken) =>
        await ReadAsync(id, cancellationToken).ConfigureAwait(false)
        ?? throw new FunctionTuneException($"There is no study '{id}' in {Folder}.");
}
