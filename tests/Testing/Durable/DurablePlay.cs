using System.Collections.Immutable;
using FunctionTune.Hosting;
using FunctionTune.Service;
using FunctionTune.Service.Durable;
using FunctionTune.Service.Durable.Books;
using FunctionTune.Service.Rules;
using FunctionTune.Staging;
using FunctionTune.Studies;
using FunctionTune.Testing.Scripted;
using Microsoft.Extensions.Logging.Abstractions;

namespace FunctionTune.Testing.Durable;

/// <summary>Plays a scripted study on the durable host: its orchestration and activities on a task hub, janitors, wishes.</summary>
public sealed class DurablePlay
{
    private readonly ScriptedStudy _study;
    private readonly IStudyStore _store;
    private readonly IStagingArea _area;
    private readonly HubRules _rules;
    private readonly HubInstances _instances;
    private readonly List<Task> _besides = [];
    private readonly List<StudyEvent> _log = [];

    /// <summary>A study that exists, and that nobody works on yet.</summary>
    /// <param name="study">The study.</param>
    /// <param name="store">Where its log is kept: one whose calls are over at once, such as memory.</param>
    /// <param name="area">Where requests are kept.</param>
    /// <param name="rules">How the hub works.</param>
    public DurablePlay(ScriptedStudy study, IStudyStore store, IStagingArea area, HubRules rules)
    {
        (_study, _store, _area, _rules) = (study, store, area, rules);
        Time = new VirtualTime(study.Created.At);
        Cluster = new ScriptedCluster(Time, study.Script) { Capacity = study.Capacity };
        Hub = new TaskHub(Time, StudyOrchestration.RunAsync, Hire, rules);
        _instances = new HubInstances(Hub, rules.Json);
        foreach (ScriptedWish wish in study.Wishes)
        {
            DateTimeOffset at = study.Created.At + wish.After;
            Time.At(at, () => Besides(SteerAsync(wish.Fact(at))));
        }
    }

    /// <summary>The clock.</summary>
    public VirtualTime Time { get; }

    /// <summary>The cluster.</summary>
    public ScriptedCluster Cluster { get; }

    /// <summary>The hub.</summary>
    public TaskHub Hub { get; }

    /// <summary>The study's log.</summary>
    public IReadOnlyList<StudyEvent> Log => _log;

    /// <summary>The study as its log tells it.</summary>
    public StudyRecord Record { get; } = new();

    private string Instance => _study.Id.ToString();

    /// <summary>Lets janitors look after the study every five minutes.</summary>
    /// <param name="atOnce">How many at the same time.</param>
    public DurablePlay WithJanitors(int atOnce)
    {
        Janitor[] janitors = [.. Enumerable.Range(0, atOnce).Select(_ => NewJanitor())];
        Visit();
        return this;

        void Visit() =>
            Time.At(
                Time.GetUtcNow() + TimeSpan.FromMinutes(5),
                () =>
                {
                    foreach (Janitor janitor in janitors)
                    {
                        Besides(janitor.RunAsync(CancellationToken.None));
                    }

                    Visit();
                }
            );
    }

    /// <summary>Begins the study, and lets everything happen until it is over and its instance with it.</summary>
    public async Task RunAsync()
    {
        await BeginAsync();
        await GoOnAsync(() => Record.State.IsOver && Hub.StatusOf(Instance) != InstanceStatus.Running);
    }

    /// <summary>Creates the study, and begins to work on it.</summary>
    public async Task BeginAsync()
    {
        await _store.AppendAsync(_study.Id, 0, [_study.Created], CancellationToken.None);
        Hub.Begin(Instance, new StudyRun(Instance));
    }

    /// <summary>Lets everything happen until <paramref name="enough"/> holds.</summary>
    public async Task GoOnAsync(Func<bool> enough)
    {
        Hub.Run(() =>
        {
            Look();
            return enough();
        });
        Look();
        await Task.WhenAll(_besides);
    }

    /// <summary>Lets some time pass.</summary>
    public Task GoOnAsync(TimeSpan time)
    {
        DateTimeOffset end = Time.GetUtcNow() + time;
        Time.At(end, () => { });
        return GoOnAsync(() => Time.GetUtcNow() >= end);
    }

    /// <summary>Passes on a wish of the user.</summary>
    public Task SteerAsync(StudyEvent wish) => NewHost().SteerAsync(_study.Id, wish, CancellationToken.None);

    private void Look()
    {
        Task<StudyLog> tail = _store.ReadAsync(_study.Id, _log.Count, CancellationToken.None);
        Assert.True(tail.IsCompletedSuccessfully, "The store of a play answers at once.");
#pragma warning disable VSTHRD002 // It has answered.
        ImmutableArray<StudyEvent> fresh = tail.Result.Events;
#pragma warning restore VSTHRD002
        foreach (StudyEvent fact in fresh)
        {
            _log.Add(fact);
            Record.Apply(fact);
        }
    }

    private void Besides(Task task) => _besides.Add(task);

    private DurableStudyHost NewHost()
    {
        TrialPlatforms platforms = Platforms(null);
        var book = new StudyBook(_store, platforms, Suggesters.BuiltIn, Time);
        return new DurableStudyHost(
            _store,
            _area,
            new StudyRules(platforms, new HostRules(), Suggesters.BuiltIn),
            book,
            _instances
        );
    }

    private Janitor NewJanitor()
    {
        TrialPlatforms platforms = Platforms(null);
        return new Janitor(
            new StoreNames(_store),
            new StudyRequests(_area),
            platforms,
            new StudyBook(_store, platforms, Suggesters.BuiltIn, Time),
            _instances,
            Time,
            NullLogger<Janitor>.Instance
        );
    }

    private TrialPlatforms Platforms(Func<Task>? pass) => new(_area, [new ScriptedPlatform(Cluster, pass)]);

    private ActivityTable Hire(WorkerLife life)
    {
        TrialPlatforms platforms = Platforms(life.PassAsync);
        var preparation = new StudyPreparation(
            new StudyRequests(_area),
            new StudyRules(platforms, new HostRules(), Suggesters.BuiltIn),
            platforms,
            new AreaDataStaging(_area),
            Time,
            NullLogger<StudyPreparation>.Instance
        );
        var book = new StudyBook(new LifeStore(_store, life), platforms, Suggesters.BuiltIn, Time);
        var activities = new StudyActivities(book, preparation, Time);
        return StudyActivityTable.Of(activities, _rules.Json);
    }
}
