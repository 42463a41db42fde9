using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionTune.Hosting;
using FunctionTune.LivyEmulator;
using FunctionTune.Local.Stores;
using FunctionTune.Remote.Livy;
using FunctionTune.Studies;
using FunctionTune.Testing;
using FunctionTune.Testing.Hosting;
using FunctionTune.Testing.Processes;
using FunctionTune.Testing.Studies;

namespace FunctionTune.Remote.Tests.Livy;

/// <summary>A stand-in for a Livy server on this machine, and the platform that knows it.</summary>
internal sealed class TestLivy : IAsyncDisposable
{
    private readonly List<ITrialRunner> _runners = [];

    private TestLivy(LivyServer server, LivyPlatformOptions options)
    {
        Server = server;
        Platform = new LivyPlatform(staging => new FolderStagingArea(staging.Uri, staging.Mount), options);
    }

    public LivyServer Server { get; }

    public LivyPlatform Platform { get; }

    /// <summary>Where the study file and its program lie, and the store in <c>store</c>.</summary>
    public TemporaryFolder Folder { get; } = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<TestLivy> StartAsync(
        LivyServerOptions? options = null,
        Func<string, string?>? variable = null,
        TimeProvider? time = null
    )
    {
        Assert.SkipUnless(ChildProgram.HasPython, "There is no python3.");
        LivyServer server = await LivyServer.StartAsync(options ?? new LivyServerOptions(), Cancel);
        var surroundings = new LivyPlatformOptions
        {
            Time = time ?? TimeProvider.System,
            Variable = variable ?? (_ => null),
            CallsPerSecond = 10_000,
            ShortestLook = TimeSpan.FromMilliseconds(20),
            LongestLook = TimeSpan.FromMilliseconds(200),
        };
        return new TestLivy(server, surroundings);
    }

    /// <summary>A study whose trials are the program <c>train.py</c>.</summary>
    public StudySpec Spec(string program, Action<JsonObject>? change = null)
    {
        Folder.Write("train.py", program);
        var options = new JsonObject { ["url"] = Server.Url.ToString(), ["file"] = "train.py" };
        change?.Invoke(options);
        return StudySpecs.Of(new StudyLimits { MaxEvals = 10 }) with
        {
            Trial = new TrialSpec.Remote("livy", JsonSerializer.SerializeToElement(options)),
            BaseFolder = Folder.Path,
        };
    }

    /// <summary>A runner as a study gets it, checked and prepared.</summary>
    public async Task<ITrialRunner> OpenAsync(StudySpec spec)
    {
        ITrialRunner runner = await Platform.OpenRunnerAsync(new FolderStagingArea(Folder["store"]), spec);
        _runners.Add(runner);
        return runner;
    }

    /// <summary>A runner of a program.</summary>
    public Task<ITrialRunner> OpenAsync(string program, Action<JsonObject>? change = null) =>
        OpenAsync(Spec(program, change));

    public async ValueTask DisposeAsync()
    {
        foreach (ITrialRunner runner in _runners)
        {
            await runner.DisposeAsync();
        }

        Platform.Dispose();
        await Server.DisposeAsync();
        Folder.Dispose();
    }
}
