using System.Text.Json;
using FunctionTune.Functions.Activities;
using FunctionTune.Functions.Orchestrations;
using FunctionTune.Hosting;
using FunctionTune.Service;
using FunctionTune.Service.Durable;
using FunctionTune.Service.Durable.Orders;
using FunctionTune.Studies;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;
using Microsoft.DurableTask.Testing;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FunctionTune.Functions.Tests;

/// <summary>
/// The app's orchestrator and activities on Durable Task's test host: its own worker and client, its history in memory. What the
/// app is put together from is the app's; its studies lie in a container of Azurite.
/// </summary>
internal sealed class AppInProcess : IAsyncDisposable
{
    private readonly DurableTaskTestHost _host;

    private AppInProcess(DurableTaskTestHost host)
    {
        _host = host;
        host.Services.GetRequiredService<DurableInstances>().Use(host.Client);
    }

    /// <summary>The client of the hub.</summary>
    public DurableTaskClient Client => _host.Client;

    /// <summary>What works on studies.</summary>
    public IStudyHost Studies => _host.Services.GetRequiredService<IStudyHost>();

    /// <summary>The app's activities, for calling one a second time.</summary>
    public ActivityFunctions Activities => _host.Services.GetRequiredService<ActivityFunctions>();

    /// <summary>Something of the app.</summary>
    /// <typeparam name="T">What.</typeparam>
    public T Part<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    public static async Task<AppInProcess> StartAsync(Uri container, CancellationToken cancellationToken)
    {
        IConfiguration settings = new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create<string, string?>(HostOptions.StoreKey, $"{container}")])
            .Build();
        DurableTaskTestHost? host = null;
        host = await DurableTaskTestHost.StartAsync(
            tasks => Register(tasks, () => host!.Services.GetRequiredService<ActivityFunctions>()),
            new DurableTaskTestHostOptions
            {
                ConfigureServices = services =>
                {
                    services.AddStudies(HostOptions.Read(settings), Suggesters.BuiltIn);
                    services.AddSingleton<ActivityFunctions>();
                    var converter = new JsonDataConverter(StudyJson.Options);
                    services.ConfigureAll<DurableTaskWorkerOptions>(worker => worker.DataConverter = converter);
                    services.ConfigureAll<DurableTaskClientOptions>(client => client.DataConverter = converter);
                },
            },
            cancellationToken
        );
        return new AppInProcess(host);
    }

    /// <summary>Asks for a study, as the HTTP trigger does.</summary>
    public async Task<StudyId> SubmitAsync(string id, string study, CancellationToken cancellationToken)
    {
        var asked = new StudyId(id);
        var request = new StudyRequest(JsonSerializer.Deserialize<JsonElement>(study), DateTimeOffset.UtcNow);
        await new StudyRequests(Studies.Area).CreateAsync(asked, request, cancellationToken);
        await Studies.BeginAsync(asked, cancellationToken);
        return asked;
    }

    /// <summary>Waits until nobody works on a study any more.</summary>
    public Task<OrchestrationMetadata> EndAsync(StudyId id, CancellationToken cancellationToken) =>
        Client.WaitForInstanceCompletionAsync(id.ToString(), getInputsAndOutputs: true, cancellationToken);

    /// <summary>The log of a study.</summary>
    public async Task<IReadOnlyList<StudyEvent>> LogAsync(StudyId id, CancellationToken cancellationToken) =>
        (await Studies.Store.ReadAsync(id, 0, cancellationToken)).Events;

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private static void Register(DurableTaskRegistry tasks, Func<ActivityFunctions> activities)
    {
        tasks.AddOrchestratorFunc<StudyRun, StudyProgress>(StudyOrchestration.Name, StudyOrchestrator.RunAsync);
        Add<PrepareOrder, PrepareAnswer>(ActivityNames.Prepare, app => app.PrepareAsync);
        Add<LoadOrder, StudyStanding>(ActivityNames.Load, app => app.LoadAsync);
        Add<AppendOrder, LogSlice>(ActivityNames.Append, app => app.AppendAsync);
        Add<SuggestOrder, LogSlice>(ActivityNames.Suggest, app => app.SuggestAsync);
        Add<StartOrder, LogSlice>(ActivityNames.Start, app => app.StartAsync);
        Add<PollOrder, LogSlice>(ActivityNames.Poll, app => app.PollAsync);
        Add<StopOrder, LogSlice>(ActivityNames.Stop, app => app.StopAsync);
        Add<FinishOrder, LogSlice>(ActivityNames.Finish, app => app.FinishAsync);

        void Add<TOrder, TAnswer>(
            string name,
            Func<ActivityFunctions, Func<TOrder, CancellationToken, Task<TAnswer>>> activity
        ) =>
            tasks.AddActivityFunc<TOrder, TAnswer>(
                name,
                (_, order) => activity(activities())(order, CancellationToken.None)
            );
    }
}
