using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionTune.DatabricksEmulator;
using FunctionTune.DatabricksEmulator.Tasks;
using FunctionTune.Hosting;
using FunctionTune.Remote.Databricks;
using FunctionTune.Staging;
using FunctionTune.Studies;
using FunctionTune.Testing;
using FunctionTune.Testing.Studies;

namespace FunctionTune.Remote.Tests.Databricks;

/// <summary>A stand-in workspace, and the platform that knows it.</summary>
internal sealed class TestWorkspace : IAsyncDisposable
{
    public const string Cluster = "0101-000000-emulator";

    public const string Area = "/Volumes/main/functiontune/tests";

    private readonly TemporaryFolder _store = new();

    private TestWorkspace(DatabricksWorkspace server) => Server = server;

    public DatabricksWorkspace Server { get; }

    public DatabricksPlatform Platform { get; private set; } = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A workspace whose tasks are carried out by a function; null for local processes.</summary>
    public static async Task<TestWorkspace> StartAsync(
        Func<TestTrial, CancellationToken, Task<TaskResult?>>? trial = null,
        DatabricksWorkspaceOptions? options = null,
        DatabricksPlatformOptions? platform = null
    )
    {
        TestWorkspace? made = null;
        DatabricksWorkspaceOptions given = options ?? new DatabricksWorkspaceOptions();
        DatabricksWorkspace server = await DatabricksWorkspace.StartAsync(
            trial is null
                ? given
                : given with
                {
                    RunTask = async (task, ct) =>
                    {
                        TaskResult? last = null;
                        foreach (TestTrial each in TestTrial.Of(made!.Server, task).Where(each => !each.IsStopped))
                        {
                            last = await trial(each, ct);
                        }

                        return last ?? TaskResult.Success();
                    },
                },
            Cancel
        );
        made = new TestWorkspace(server);
        made.Platform = made.Open(platform);
        return made;
    }

    /// <summary>Another platform of the same workspace, as another process has one.</summary>
    public DatabricksPlatform Open(DatabricksPlatformOptions? options = null)
    {
        // The workspace may have another token later: this one has then expired.
        string token = Server.Token;
        DatabricksPlatformOptions given = options ?? new DatabricksPlatformOptions();
        return new DatabricksPlatform(
            _ => null,
            given with
            {
                Variable = name => name is "DATABRICKS_TOKEN" ? token : null,
                ShortestLook = TimeSpan.FromMilliseconds(20),
                LongestLook = TimeSpan.FromMilliseconds(200),
            }
        );
    }

    /// <summary>A study on the workspace; its trials are a Python file of the workspace on the cluster that stays.</summary>
    public StudySpec Spec(Action<JsonObject>? change = null, TimeSpan? timeout = null)
    {
        var options = new JsonObject
        {
            ["host"] = Server.Url.ToString(),
            ["task"] = new JsonObject { ["python"] = new JsonObject { ["file"] = "/Workspace/Shared/trial.py" } },
            ["cluster"] = new JsonObject { ["existing"] = Cluster },
        };
        change?.Invoke(options);
        return StudySpecs.Of(new StudyLimits { MaxEvals = 10, AutoParallelism = true }) with
        {
            Trial = new TrialSpec.Remote("databricks", JsonSerializer.SerializeToElement(options))
            {
                Timeout = timeout,
            },
            Staging = new StagingSpec(Area),
        };
    }

    public IStagingArea AreaOf(StudySpec spec, DatabricksPlatform? platform = null) =>
        (platform ?? Platform).OpenStaging(new Local.Stores.FolderStagingArea(_store.Path), spec);

    /// <summary>A runner of a study on the workspace.</summary>
    public ITrialRunner Runner(
        Action<JsonObject>? change = null,
        DatabricksPlatform? platform = null,
        string staging = Area
    )
    {
        StudySpec spec = Spec(change) with { Staging = new StagingSpec(staging) };
        return (platform ?? Platform).CreateSweeper(RecordOf(spec), AreaOf(spec, platform));
    }

    /// <summary>Sweeps the area.</summary>
    public Task SweepAsync(Func<StudyId, CancellationToken, Task<bool>> isOver) =>
        Platform.SweepAsync(Spec(), AreaOf(Spec()), isOver, Cancel);

    public string ReadInArea(string path) => File.ReadAllText(InArea(path));

    public void WriteInArea(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(InArea(path))!);
        File.WriteAllText(InArea(path), text);
    }

    public static StudyRecord RecordOf(StudySpec spec) =>
        StudyRecord.From([
            new StudyEvent.Created(DateTimeOffset.UnixEpoch, StudyJson.Format, new StudyId("study"), spec),
        ]);

    /// <summary>Writes a file of the workspace.</summary>
    public void WriteFile(string path, string text)
    {
        string file = Path.Join(Server.WorkspaceFolder, path["/Workspace".Length..]);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    private string InArea(string path) => Path.Join(Server.VolumesFolder, Area["/Volumes".Length..], path);

    public async ValueTask DisposeAsync()
    {
        Platform.Dispose();
        await Server.DisposeAsync();
        _store.Dispose();
    }
}
