using System.Text.Json;
using FunctionTune.Hosting;
using FunctionTune.Local.Spark;
using FunctionTune.Local.Stores;
using FunctionTune.Studies;
using FunctionTune.Testing;
using FunctionTune.Testing.Hosting;
using FunctionTune.Testing.Processes;
using FunctionTune.Testing.Spark;
using FunctionTune.Testing.Studies;

namespace FunctionTune.Local.Tests.Spark;

/// <summary>Studies on a stand-in for spark-submit, each test in folders of its own.</summary>
internal sealed class SparkSubmitFixture : IAsyncDisposable
{
    private readonly List<ITrialRunner> _runners = [];

    public SparkSubmitStandIn Spark { get; } = new();

    /// <summary>Where the study file lies, and the store in its folder <c>store</c>.</summary>
    public TemporaryFolder Folder { get; } = new();

    public SparkSubmitPlatform Platform => new(Folder["store"], TimeProvider.System, Spark.Variable);

    /// <summary>A study whose trials are described by <paramref name="options"/>, a JSON object.</summary>
    public StudySpec Study(string options) =>
        StudySpecs.Of(new StudyLimits { MaxEvals = 4 }) with
        {
            Trial = new TrialSpec.Remote("sparkSubmit", JsonElement.Parse(options)),
            BaseFolder = Folder.Path,
        };

    /// <summary>A runner as a study gets it, checked and prepared.</summary>
    public async Task<ITrialRunner> OpenAsync(StudySpec spec)
    {
        Assert.SkipUnless(ChildProgram.HasPython, "There is no python3.");
        ITrialRunner runner = await Platform.OpenRunnerAsync(new FolderStagingArea(Folder["store"]), spec);
        _runners.Add(runner);
        return runner;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (ITrialRunner runner in _runners)
        {
            await runner.DisposeAsync();
        }

        Spark.Dispose();
        Folder.Dispose();
    }
}
