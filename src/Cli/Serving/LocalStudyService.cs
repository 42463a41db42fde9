using System.Collections.Concurrent;
using System.Collections.Immutable;
using FunctionTune.Local;
using FunctionTune.Local.Stores;
using FunctionTune.Service;
using FunctionTune.Service.Rules;
using FunctionTune.Staging;
using FunctionTune.Studies;
using Microsoft.Extensions.Logging;

namespace FunctionTune.Cli.Serving;

/// <summary>Works on the studies of a folder in the background of this process.</summary>
/// <param name="studies">The studies.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Where is told what keeps studies from going on.</param>
internal sealed class LocalStudyService(LocalStudies studies, TimeProvider time, ILogger log)
    : IStudyHost,
        IAsyncDisposable
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMinutes(5);

    /// <summary>How long a caller waits for a wish to be taken; by then it is kept, and carried out without them.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<StudyId, StudyWork> _works = new();
    private readonly StudyRequests _requests = new(studies.Area);
    private readonly CancellationTokenSource _over = new();

    public IStudyStore Store => studies.Store;

    public IStagingArea Area => studies.Area;

    public StudyRules Rules { get; } = new(studies.Platforms, new HostRules(), studies.Suggesters);

    public Task BeginAsync(StudyId id, CancellationToken cancellationToken)
    {
        _works.GetOrAdd(id, study => new StudyWork(() => WorkAsync(study))).Begin();
        return Task.CompletedTask;
    }

    public Task<string?> TroubleAsync(StudyId id, CancellationToken cancellationToken) =>
        Task.FromResult(_works.TryGetValue(id, out StudyWork? work) ? work.Trouble : null);

    public async Task SteerAsync(StudyId id, StudyEvent wish, CancellationToken cancellationToken)
    {
        Task steering = studies.SteerAsync(id, wish, _over.Token);
        try
        {
            await steering.WaitAsync(s_patience, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            _ = ObserveAsync(id, steering);
        }

        await BeginAsync(id, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes up every study and request that an earlier process left.</summary>
    /// <param name="cancellationToken">Ends the search.</param>
    public async Task TakeUpAsync(CancellationToken cancellationToken)
    {
        ImmutableArray<StudyId> begun = await studies.ListAsync(cancellationToken).ConfigureAwait(false);
        foreach (StudyId id in UnansweredIn(studies.Folder).Except(begun))
        {
            await BeginAsync(id, cancellationToken).ConfigureAwait(false);
        }

        foreach (StudyId id in begun)
        {
            if (await IsUnfinishedAsync(id, cancellationToken).ConfigureAwait(false))
            {
                await BeginAsync(id, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_works.Values.Select(work => work.Task)).ConfigureAwait(false);
        _over.Dispose();
    }

    private static StudyId[] UnansweredIn(string folder)
    {
        var all = new DirectoryInfo(Path.Join(folder, "studies"));
        return all.Exists
            ?
            [
                .. all.EnumerateDirectories()
                    .Where(study =>
                        StudyId.IsValid(study.Name)
                        && File.Exists(Path.Join(study.FullName, "request.json"))
                        && !File.Exists(Path.Join(study.FullName, "refusal.json"))
                    )
                    .Select(study => new StudyId(study.Name)),
            ]
            : [];
    }

    private async Task<bool> IsUnfinishedAsync(StudyId id, CancellationToken cancellationToken)
    {
        try
        {
            StudyRecord? study = await studies.ReadAsync(id, cancellationToken).ConfigureAwait(false);
            return study is { State.IsOver: false };
        }
        catch (FunctionTuneException unreadable)
        {
            ServingLog.Trouble(log, id, unreadable.Message);
            return false;
        }
    }

    /// <summary>Takes a study to its end, however often that has to be tried: now and then, and at once when somebody asks.</summary>
    private async Task WorkAsync(StudyId id)
    {
        StudyWork work = _works[id];
        TimeSpan pause = s_firstPause;
        while (!await IsDoneAsync(id, work).ConfigureAwait(false) && !_over.IsCancellationRequested)
        {
            bool isAsked = await work.IsAskedWithinAsync(pause, time, _over.Token).ConfigureAwait(false);
            pause = isAsked ? s_firstPause : TimeSpan.FromTicks(Math.Min(2 * pause.Ticks, s_longestPause.Ticks));
        }
    }

    private async Task<bool> IsDoneAsync(StudyId id, StudyWork work)
    {
        try
        {
            await TryAsync(id, _over.Token).ConfigureAwait(false);
            work.Trouble = null;
            return true;
        }
        catch (OperationCanceledException) when (_over.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception fault)
        {
            if (fault is not StudyBusyException)
            {
                ServingLog.Trouble(log, id, fault is FunctionTuneException ? fault.Message : fault.ToString());
            }

            work.Trouble = fault is FunctionTuneException ? fault.Message : "An unexpected error; the log says more.";
            return false;
        }
    }

    private async Task TryAsync(StudyId id, CancellationToken cancellationToken)
    {
        StudyRecord? study =
            await studies.ReadAsync(id, cancellationToken).ConfigureAwait(false)
            ?? await CreateAsync(id, cancellationToken).ConfigureAwait(false);
        // Functions end with their program: only that program can go on with them.
        if (study is null or { State.IsOver: true } or { Spec.Trial: TrialSpec.InProcess })
        {
            return;
        }

        if (await _requests.CancellationAsync(id, cancellationToken).ConfigureAwait(false) is { } wish)
        {
            await studies.SteerAsync(id, wish, cancellationToken).ConfigureAwait(false);
        }

        await studies.RunAsync(id, _ => _works[id].Trouble = null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes a study of a request; null when there is none, or it was refused.</summary>
    private async Task<StudyRecord?> CreateAsync(StudyId id, CancellationToken cancellationToken)
    {
        if (
            await _requests.ReadAsync(id, cancellationToken).ConfigureAwait(false) is not { } request
            || await _requests.RefusalAsync(id, cancellationToken).ConfigureAwait(false) is not null
        )
        {
            return null;
        }

        try
        {
            StudySpec asked = Rules.Read(request.Study).Required();
            // Kept in the log, so that paths mean the same wherever the study is taken up.
            StudySpec spec = asked with
            {
                BaseFolder = Path.GetFullPath(asked.BaseFolder ?? ".", Directory.GetCurrentDirectory()),
            };
            return await studies.CreateAsync(id, spec, null, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidInputException refused)
        {
            await _requests.RefuseAsync(id, refused.Problems, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (FunctionTuneException fault) when (fault is not StudyVersionException)
        {
            if (await _requests.CancellationAsync(id, cancellationToken).ConfigureAwait(false) is null)
            {
                throw;
            }

            // Nobody waits for what is out of reach.
            var cancelled = new Problem("$", "a study is prepared before it is cancelled", "", fault.Message);
            await _requests.RefuseAsync(id, [cancelled], cancellationToken).ConfigureAwait(false);
            return null;
        }
    }

    private async Task ObserveAsync(StudyId id, Task steering)
    {
        try
        {
            await steering.ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is FunctionTuneException or OperationCanceledException)
        {
            ServingLog.Trouble(log, id, fault.Message);
        }
    }
}
