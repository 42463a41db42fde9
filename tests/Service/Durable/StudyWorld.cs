using System.Text.Json;
using FunctionTune.Hosting;
using FunctionTune.Local.Stores;
using FunctionTune.Service.Durable;
using FunctionTune.Service.Durable.Books;
using FunctionTune.Service.Rules;
using FunctionTune.Service.Simulation;
using FunctionTune.Studies;
using FunctionTune.Testing;
using FunctionTune.Testing.Durable;
using FunctionTune.Testing.Studies;
using Microsoft.Extensions.Logging.Abstractions;

namespace FunctionTune.Service.Tests.Durable;

/// <summary>A durable host in memory over a store in a folder: simulated trials, virtual time, workers that have nothing in common.</summary>
internal sealed class StudyWorld : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StudyBook _book;

    public StudyWorld(HubRules? rules = null)
    {
        Store = new FolderStudyStore(_folder.Path);
        Area = new FolderStagingArea(_folder.Path);
        Hub = new TaskHub(Time, StudyOrchestration.RunAsync, Hire, rules);
        Platform = new MoodyPlatform(new SimulatedPlatform(Time));
        Platforms = new TrialPlatforms(Area, [Platform]);
        Instances = new HubInstances(Hub, new HubRules().Json);
        _book = new StudyBook(Store, Platforms, Suggesters.BuiltIn, Time);
        Host = new DurableStudyHost(
            Store,
            Area,
            new StudyRules(Platforms, new HostRules(), Suggesters.BuiltIn),
            _book,
            Instances
        );
        Janitor = new Janitor(Area, Requests, Platforms, _book, Instances, Time, NullLogger<Janitor>.Instance);
    }

    public VirtualTime Time { get; } = new(StudySpecs.Start);

    public FolderStudyStore Store { get; }

    public FolderStagingArea Area { get; }

    public TaskHub Hub { get; }

    public MoodyPlatform Platform { get; }

    public TrialPlatforms Platforms { get; }

    public HubInstances Instances { get; }

    /// <summary>What the service's endpoints see.</summary>
    public DurableStudyHost Host { get; }

    public Janitor Janitor { get; }

    public static StudyId Id { get; } = new("s");

    public StudyProgress? Shown =>
        JsonSerializer.Deserialize<StudyProgress>(Hub.CustomStatusOf("s") ?? "null", new HubRules().Json);

    public StudyRequests Requests => new(Area);

    /// <summary>A study of simulated trials.</summary>
    /// <param name="limits">Further members of its file.</param>
    /// <param name="seconds">How long a trial takes.</param>
    public static string Study(string limits, int seconds = 10) =>
        $$"""
            { "name": "s", "space": { "x": { "uniform": [0, 1] } }, "algo": "rand", {{limits}},
              "trial": { "simulated": { "seconds": {{seconds}} } } }
            """;

    /// <summary>Asks for a study and lets it run to its end.</summary>
    public async Task<StudyRecord> RunAsync(string study, CancellationToken cancellationToken)
    {
        await BeginAsync(study, cancellationToken);
        RunToEnd();
        return await ReadAsync(cancellationToken);
    }

    /// <summary>Asks for a study; nothing happens yet.</summary>
    public async Task BeginAsync(string study, CancellationToken cancellationToken)
    {
        await AskAsync(study, cancellationToken);
        await Host.BeginAsync(Id, cancellationToken);
    }

    /// <summary>Leaves a request.</summary>
    public Task AskAsync(string study, CancellationToken cancellationToken) =>
        Requests.CreateAsync(Id, new StudyRequest(JsonElement.Parse(study), Time.GetUtcNow()), cancellationToken);

    /// <summary>Lets everything happen until the instance has come to its end.</summary>
    public void RunToEnd() => Hub.Run(() => Hub.StatusOf("s") != InstanceStatus.Running);

    /// <summary>Lets everything happen for a while.</summary>
    public void RunFor(TimeSpan span)
    {
        DateTimeOffset end = Time.GetUtcNow() + span;
        bool isOver = false;
        Time.At(end, () => isOver = true);
        Hub.Run(() => isOver);
    }

    /// <summary>Has the service write a wish.</summary>
    public Task SteerAsync(Func<DateTimeOffset, StudyEvent> wish, CancellationToken cancellationToken) =>
        Host.SteerAsync(Id, wish(Time.GetUtcNow()), cancellationToken);

    public async Task<StudyRecord> ReadAsync(CancellationToken cancellationToken) =>
        StudyRecord.From((await Store.ReadAsync(Id, 0, cancellationToken)).Events);

    public StudyActivities Activities()
    {
        var preparation = new StudyPreparation(
            Requests,
            Host.Rules,
            Platforms,
            new AreaDataStaging(Area),
            Time,
            NullLogger<StudyPreparation>.Instance
        );
        return new StudyActivities(new StudyBook(Store, Platforms, Suggesters.BuiltIn, Time), preparation, Time);
    }

    public void Dispose()
    {
        Store.Dispose();
        _folder.Dispose();
    }

    private ActivityTable Hire(WorkerLife life) => StudyActivityTable.Of(Activities(), new HubRules().Json);
}
