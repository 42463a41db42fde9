using System.Collections.Immutable;
using FunctionTune.Hosting;
using FunctionTune.Local;
using FunctionTune.Studies;
using FunctionTune.Testing;
using FunctionTune.Testing.Scripted;

namespace FunctionTune.Service.Tests.Durable;

/// <summary>
/// Plays a scripted study on the local host. That host works on threads of its own; the clock goes on only when nothing is left
/// that the log calls for at this time, so the log is the same each time.
/// </summary>
internal sealed class LocalPlay
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly ScriptedStudy _study;
    private readonly VirtualTime _time;
    private readonly WishBox _wishes = new();
    private readonly MemoryStudyStore _store = new();
    private readonly StudyRecord _record;
    private readonly HashSet<DateTimeOffset> _later = [];

    private LocalPlay(ScriptedStudy study)
    {
        _study = study;
        _time = new VirtualTime(study.Created.At);
        _record = StudyRecord.From([study.Created]);
        Cluster = new ScriptedCluster(_time, study.Script) { Capacity = study.Capacity };
    }

    public ScriptedCluster Cluster { get; }

    public ImmutableArray<StudyEvent> Log { get; private set; }

    // On a thread without a context, where nothing hops that need not.
    public static Task<LocalPlay> OfAsync(ScriptedStudy study) =>
        Task.Run(async () =>
        {
            var play = new LocalPlay(study);
            await play.RunAsync();
            return play;
        });

    private async Task RunAsync()
    {
        ScriptedStudy study = _study;
        await _store.AppendAsync(study.Id, 0, [study.Created], CancellationToken.None);
        foreach (ScriptedWish wish in study.Wishes)
        {
            DateTimeOffset at = study.Created.At + wish.After;
            _time.At(at, () => _wishes.Send(wish.Fact(at)));
        }

        var options = new StudyRunOptions
        {
            CreateRunner = (_, _) => Task.FromResult<ITrialRunner>(new ScriptedRunner(Cluster)),
        };
        Task run = new StudySession(_store, _time, _wishes).RunAsync(
            StudyRecord.From([study.Created]),
            options,
            CancellationToken.None
        );
        while (!await SettlesAsync(run))
        {
            Assert.True(_time.AdvanceAll(), "Nothing is under way, and the study is not over.");
        }

        await run;
        Log = (await _store.ReadAsync(study.Id, 0, CancellationToken.None)).Events;
    }

    /// <summary>Waits until nothing is left to do at this time.</summary>
    /// <returns>Whether the run is over.</returns>
    private async Task<bool> SettlesAsync(Task run)
    {
        long begun = TimeProvider.System.GetTimestamp();
        for (var spin = new SpinWait(); !run.IsCompleted; spin.SpinOnce())
        {
            StudyLog news = await _store.ReadAsync(_study.Id, _record.Version, CancellationToken.None);
            foreach (StudyEvent fact in news.Events)
            {
                _record.Apply(fact);
            }

            ImmutableArray<StudyCommand> plan = StudyPlan.For(_record.State);
            _later.UnionWith(
                plan.OfType<StudyCommand.Start>().Select(start => start.NotBefore).OfType<DateTimeOffset>()
            );
            if (!_record.State.IsOver && _wishes.IsEmpty && plan.All(IsUnderWay))
            {
                return false;
            }

            TimeSpan waited = TimeProvider.System.GetElapsedTime(begun);
            Assert.True(
                waited < s_patience,
                $"The host does nothing about {string.Join(',', plan)} at {_time.GetUtcNow():O}."
            );
        }

        return true;
    }

    /// <summary>Whether a request is made, and waits for its time or for the cluster.</summary>
    private bool IsUnderWay(StudyCommand command)
    {
        DateTimeOffset now = _time.GetUtcNow();
        switch (command)
        {
            case StudyCommand.Start { NotBefore: { } later }:
                // The host waits for the earliest of all it was ever asked for, those that are not wanted any more included.
                return later > now && _later.Any(at => at > now && at <= later && _time.IsSetTo(at));
            case StudyCommand.Watch watch:
                ScriptedRun run = Cluster.Find(watch.Handle.GetString()!)!;
                return run.Ends > now && run.Reported(now) == Written(watch);
            case StudyCommand.Stop stop:
                return Cluster.Find(stop.Handle.GetString()!)!.IsStopped;
            case StudyCommand.Wake wake:
                return wake.Deadline > now && _time.IsSetTo(wake.Deadline);
            default:
                return false;
        }
    }

    private int Written(StudyCommand.Watch watch) => _record.Trials[watch.Trial].Values.Count;
}
