using System.Collections.Concurrent;
using System.Globalization;
using FunctionTune.DatabricksEmulator.Clusters;
using FunctionTune.DatabricksEmulator.Runs;
using FunctionTune.DatabricksEmulator.Tasks;
using FunctionTune.DatabricksEmulator.Volumes;
using FunctionTune.DatabricksEmulator.Wire;
using FunctionTune.StandIns.Faults;
using FunctionTune.StandIns.Web;

namespace FunctionTune.DatabricksEmulator;

/// <summary>A stand-in for a Databricks workspace, on 127.0.0.1. What it knows goes when it goes.</summary>
public sealed class DatabricksWorkspace : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<long, Task> _courses = new();
    private readonly List<string> _ownFolders = [];

    private DatabricksWorkspace(DatabricksWorkspaceOptions options, WebApplication app)
    {
        _app = app;
        Token = options.Token;
        Faults = new FaultPlan(options.Seed);
        VolumesFolder = Path.GetFullPath(options.VolumesFolder ?? OwnFolder());
        WorkspaceFolder = Path.GetFullPath(options.WorkspaceFolder ?? OwnFolder());
        DbfsFolder = Path.GetFullPath(options.DbfsFolder ?? OwnFolder());
        Clusters = new ClusterBook(options.Clusters, options.ClusterStartDelay);
        foreach (Cluster cluster in Clusters)
        {
            cluster.Ended = (ended, code, message) =>
                Runs.Ask(
                    run => run.Tasks.Any(task => task.RunsOn == ended.Id && task.Phase is RunPhase.Running),
                    Ending.Of(TaskResult.Platform(code, message))
                );
        }
    }

    /// <summary>Its address.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>The bearer token that requests must carry. Another one can be set at any time: the old one has then expired.</summary>
    public string Token { get; set; }

    /// <summary>The folder that stands for <c>/Volumes</c>.</summary>
    public string VolumesFolder { get; }

    /// <summary>The folder that stands for <c>/Workspace</c>.</summary>
    public string WorkspaceFolder { get; }

    /// <summary>The folder that stands for <c>dbfs:/</c>.</summary>
    public string DbfsFolder { get; }

    /// <summary>The runs.</summary>
    public RunBook Runs { get; } = new();

    /// <summary>The clusters that stay.</summary>
    public ClusterBook Clusters { get; }

    /// <summary>The requests that it was sent.</summary>
    public RequestLog Requests { get; } = new(EndpointName.Of);

    /// <summary>What goes wrong with requests.</summary>
    public FaultPlan Faults { get; }

    /// <summary>Starts a workspace.</summary>
    /// <param name="options">What it is like.</param>
    /// <param name="cancellationToken">Ends the starting.</param>
    public static async Task<DatabricksWorkspace> StartAsync(
        DatabricksWorkspaceOptions options,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        var workspace = new DatabricksWorkspace(options, LoopbackServer.Create(options.Port));
        workspace.Map(options);
        workspace.Url = await workspace._app.ListenAsync(cancellationToken);
        return workspace;
    }

    /// <summary>Stops it: ends all tasks, and removes the folders that were its own.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        Runs.Ask(_ => true, Ending.Cancelled);
        await Task.WhenAll(_courses.Values);
        await _app.DisposeAsync();
        foreach (string folder in _ownFolders)
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private void Map(DatabricksWorkspaceOptions options)
    {
        _app.Use(next => context => Requests.NoteAsync(context, next));
        var faults = new FaultyRequests(Faults, EndpointName.Of, WriteErrorAsync);
        _app.Use(next => context => faults.HandleAsync(context, next));
        _app.Use(next => context => Answer.CatchAsync(context, next));
        _app.Use(next => context => Credentials.CheckAsync(context, next, Token));
        _app.UseRouting();
        var json = new RunJson(() => Url);
        new RunsEndpoints(Runs, new SubmitRules(Clusters), json, Launcher(options), Requests).Map(_app);
        new RunListEndpoint(Runs, json).Map(_app);
        new ClustersEndpoints(Clusters).Map(_app);
        new FilesEndpoints(VolumesFolder).Map(_app);
        new DirectoriesEndpoints(VolumesFolder).Map(_app);
        new WorkspaceEndpoints(WorkspaceFolder).Map(_app);
    }

    /// <summary>A code that is a number is written as one.</summary>
    private static Task WriteErrorAsync(HttpContext context, int status, string code, string message) =>
        Answer.WriteErrorAsync(
            context,
            status,
            int.TryParse(code, CultureInfo.InvariantCulture, out int number) ? number : code,
            message
        );

    private Action<Run> Launcher(DatabricksWorkspaceOptions options)
    {
        var paths = new PathMap(VolumesFolder, WorkspaceFolder, DbfsFolder);
        var task = new GuardedTask(options.RunTask ?? new LocalTask(paths, options.Python).RunAsync);
        var course = new RunCourse(Runs, new Compute(Clusters, options), task.RunAsync, options.TerminatingDelay);
        return run => _courses.TryAdd(run.Id, course.GoAsync(run));
    }

    private string OwnFolder()
    {
        string folder = Directory.CreateTempSubdirectory("databricks-").FullName;
        _ownFolders.Add(folder);
        return folder;
    }
}
