using System.Text.Json;
using FunctionTune.Hosting;
using FunctionTune.Local.Stores;
using FunctionTune.Service.Durable;
using FunctionTune.Service.Durable.Books;
using FunctionTune.Service.Durable.Orders;
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

    public StudyWorld(HubRules? rules = null)
    {
        Store = new FolderStudyStore(_folder.Path);
        Area = new FolderStagingArea(_folder.Path);
        Hub = new TaskHub(Time, StudyOrchestration.RunAsync, Hire, rules);
    }

    public VirtualTime Time { get; } = new(StudySpecs.Start);

    public FolderStudyStore Store { get; }

    public FolderStagingArea Area { get; }

    public TaskHub Hub { get; }

    public StudyRequests Requests => new(Area);

    /// <summary>Asks for a study and lets it run to its end.</summary>
    public async Task<StudyRecord> RunAsync(string study, CancellationToken cancellationToken)
    {
        await AskAsync(study, cancellationToken);
        Hub.Begin("s", new StudyRun("s"));
        Hub.Run(() => Hub.StatusOf("s") != HubStatus.Running);
        return await ReadAsync(cancellationToken);
    }

    public Task AskAsync(string study, CancellationToken cancellationToken) =>
        Requests.CreateAsync(
            new StudyId("s"),
            new StudyRequest(JsonElement.Parse(study), Time.GetUtcNow()),
            cancellationToken
        );

    public async Task<StudyRecord> ReadAsync(CancellationToken cancellationToken) =>
        StudyRecord.From((await Store.ReadAsync(new StudyId("s"), 0, cancellationToken)).Events);

    public StudyActivities Activities()
    {
        var platforms = new TrialPlatforms(Area, [new SimulatedPlatform(Time)]);
        var preparation = new StudyPreparation(
            Requests,
            new StudyRules(platforms, new HostRules()),
            platforms,
            new AreaDataStaging(Area),
            Time,
            NullLogger<StudyPreparation>.Instance
        );
        return new StudyActivities(new StudyBook(Store, platforms, Time), preparation, Time);
    }

    public void Dispose()
    {
        Store.Dispose();
        _folder.Dispose();
    }

    private ActivityTable Hire(WorkerLife life)
    {
        StudyActivities activities = Activities();
        return new ActivityTable(new HubRules().Json)
            .Add<PrepareOrder, PrepareAnswer>(ActivityNames.Prepare, activities.PrepareAsync)
            .Add<LoadOrder, StudyStanding>(ActivityNames.Load, activities.LoadAsync)
            .Add<AppendOrder, LogSlice>(ActivityNames.Append, activities.AppendAsync)
            .Add<SuggestOrder, LogSlice>(ActivityNames.Suggest, activities.SuggestAsync)
            .Add<StartOrder, LogSlice>(ActivityNames.Start, activities.StartAsync)
            .Add<PollOrder, LogSlice>(ActivityNames.Poll, activities.PollAsync)
            .Add<StopOrder, LogSlice>(ActivityNames.Stop, activities.StopAsync)
            .Add<FinishOrder, LogSlice>(ActivityNames.Finish, activities.FinishAsync);
    }
}
