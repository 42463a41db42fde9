using FunctionTune.History;
using FunctionTune.Hosting;
using FunctionTune.Local.Spark;
using FunctionTune.Studies;
using FunctionTune.Testing.Hosting;

namespace FunctionTune.Local.Tests.Spark;

/// <summary>What spark-submit is told, and what comes back.</summary>
public sealed class SparkSubmitTests : IAsyncDisposable
{
    private readonly SparkSubmitFixture _fixture = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task Every_option_is_an_argument_of_its_own()
    {
        string file = _fixture.Folder.Write("a b.py", PythonTrials.Program(TrialBehaviour.Succeeds));
        string extra = _fixture.Folder.Write("extra.py", "");
        ITrialRunner runner = await _fixture.OpenAsync(
            _fixture.Study(
                """
                { "file": "a b.py", "master": "local[2]", "args": ["--depth", "$(touch x); `y`", "-3"],
                  "conf": { "spark.sql.shuffle.partitions": "2", "spark.x": "a=b --master yarn" }, "pyFiles": ["extra.py"],
                  "driverMemory": "1g", "executorCores": 2, "queue": "q", "packages": ["a:b:1"] }
                """
            )
        );

        Assert.IsType<TrialOutcome.Succeeded>(await runner.EndAsync(RunnerWatch.Start()));
        string client = Directory
            .GetFiles(_fixture.Folder["store/programs"], "functiontune.py", SearchOption.AllDirectories)
            .Single();
        Assert.Equal(
            $"--name|functiontune-study|--deploy-mode|client|--master|local[2]|--driver-memory|1g|--executor-cores|2|--queue|q|"
                + $"--packages|a:b:1|--py-files|{extra},{client}|--conf|spark.sql.shuffle.partitions=2|"
                + $"--conf|spark.task.maxFailures=1|--conf|spark.x=a=b --master yarn|{file}|--depth|$(touch x); `y`|-3",
            string.Join('|', _fixture.Spark.Arguments)
        );
        Assert.False(File.Exists("x"));
    }

    [Fact]
    public async Task An_objective_is_called_without_a_line_of_ours_in_its_file()
    {
        _fixture.Folder.Write("model.py", "def loss(params):\n    return params['x'] - 1\n");
        ITrialRunner runner = await _fixture.OpenAsync(
            _fixture.Study("""{ "file": "model.py", "objective": "loss", "master": "local[1]" }""")
        );

        TrialOutcome outcome = await runner.EndAsync(RunnerWatch.Start());

        Assert.Equal(0.5, Assert.IsType<TrialOutcome.Succeeded>(outcome).Result.Loss);
    }

    [Fact]
    public async Task A_driver_on_the_cluster_finds_its_files_in_the_staging_folder()
    {
        _fixture.Folder.Write("train.py", PythonTrials.Program(TrialBehaviour.Succeeds));
        StudySpec spec = _fixture.Study("""{ "file": "train.py", "master": "yarn", "deployMode": "cluster" }""") with
        {
            Staging = new StagingSpec("shared"),
        };

        TrialOutcome outcome = await (await _fixture.OpenAsync(spec)).EndAsync(RunnerWatch.Start());

        Assert.Equal(0.5, Assert.IsType<TrialOutcome.Succeeded>(outcome).Result.Loss);
        Assert.True(File.Exists(_fixture.Folder["shared/studies/study/trials/0/1/result.json"]));
    }

    [Fact]
    public async Task The_cause_of_a_failure_is_the_programs_own_and_not_a_line_of_Sparks_log()
    {
        _fixture.Folder.Write("train.py", PythonTrials.Program(TrialBehaviour.Fails));
        ITrialRunner runner = await _fixture.OpenAsync(_fixture.Study("""{ "file": "train.py" }"""));

        var failed = Assert.IsType<TrialOutcome.Failed>(await runner.EndAsync(RunnerWatch.Start()));

        Assert.Equal("exit code 1: ValueError: a trial that fails", failed.Message);
    }

    [Theory]
    [InlineData("{}", "$.trial.sparkSubmit.file")]
    [InlineData("""{ "file": "-x.py" }""", "$.trial.sparkSubmit.file")]
    [InlineData("""{ "file": "a.py", "master": "--conf" }""", "$.trial.sparkSubmit.master")]
    [InlineData("""{ "file": "a.py", "deployMode": "both" }""", "$.trial.sparkSubmit.deployMode")]
    [InlineData("""{ "file": "a.py", "class": "C" }""", "$.trial.sparkSubmit.class")]
    [InlineData("""{ "file": "a.jar", "objective": "f" }""", "$.trial.sparkSubmit.objective")]
    [InlineData("""{ "file": "a.py", "driverMemory": "--name" }""", "$.trial.sparkSubmit.driverMemory")]
    [InlineData("""{ "file": "a.py", "executorCores": 0 }""", "$.trial.sparkSubmit.executorCores")]
    [InlineData("""{ "file": "a.py", "jars": ["a.jar,b.jar"] }""", "$.trial.sparkSubmit.jars")]
    [InlineData("""{ "file": "a.py", "pyFiles": ["--class"] }""", "$.trial.sparkSubmit.pyFiles")]
    [InlineData("""{ "file": "a.py", "conf": { "a b": "c" } }""", "$.trial.sparkSubmit.conf")]
    [InlineData("""{ "file": "a.py", "conf": { "spark.a=b": "c" } }""", "$.trial.sparkSubmit.conf")]
    [InlineData("""{ "file": "a.py", "mode": "many" }""", "$.trial.sparkSubmit.mode")]
    [InlineData("""{ "file": "a.py", "jar": "b" }""", "$.trial.sparkSubmit.jar")]
    [InlineData("""{ "file": "a.py", "master": "local", "deployMode": "cluster" }""", "$.trial.sparkSubmit.deployMode")]
    [InlineData("""{ "file": "a.jar", "master": "yarn", "deployMode": "cluster" }""", "$.staging")]
    public void What_is_wrong_is_said_before_anything_runs(string options, string path)
    {
        IReadOnlyList<Problem> problems = _fixture.Platform.Check(_fixture.Study(options));

        Assert.Contains(path, problems.Select(problem => problem.Path));
    }

    [Fact]
    public void Spark_s_own_clusters_run_no_Python_drivers()
    {
        StudySpec spec = _fixture.Study(
            """{ "file": "a.py", "master": "spark://host:7077", "deployMode": "cluster", "objective": "f" }"""
        ) with
        {
            Staging = new StagingSpec("shared"),
        };

        Assert.Equal(
            ["$.trial.sparkSubmit.objective", "$.trial.sparkSubmit.deployMode"],
            _fixture.Platform.Check(spec).Select(problem => problem.Path)
        );
    }

    [Theory]
    [InlineData("abfss://c@a.dfs.core.windows.net/p", null)]
    [InlineData("shared", "/mnt/shared")]
    public void A_staging_area_is_a_folder_at_the_same_place_everywhere(string uri, string? mount)
    {
        StudySpec spec = _fixture.Study("""{ "file": "a.py", "master": "yarn" }""") with
        {
            Staging = new StagingSpec(uri, mount),
        };

        Assert.Equal("$.staging", Assert.Single(_fixture.Platform.Check(spec)).Path);
    }

    [Fact]
    public async Task All_files_that_are_missing_are_named_and_a_missing_Spark_too()
    {
        var platform = new SparkSubmitPlatform(_fixture.Folder["store"], TimeProvider.System, _ => null);
        StudySpec spec = _fixture.Study("""{ "file": "no.py", "pyFiles": ["none.py"], "jars": ["hdfs://h/x.jar"] }""");

        InvalidInputException refusal = await Assert.ThrowsAsync<InvalidInputException>(() =>
            platform.PrepareAsync(new StudyId("s"), spec, null!, Cancel)
        );

        Assert.Equal(3, refusal.Problems.Length);
        Assert.Contains("SPARK_HOME", refusal.Problems[^1].Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "file": "a.py", "master": "local[2]" }""", 4)]
    [InlineData("""{ "file": "a.py", "master": "local[3,2]" }""", 2)]
    [InlineData("""{ "file": "a.py", "master": "local[99]" }""", 1)]
    [InlineData("""{ "file": "a.py", "master": "local" }""", 8)]
    [InlineData("""{ "file": "a.py", "master": "local[*]" }""", 1)]
    [InlineData("""{ "file": "a.py", "master": "yarn" }""", 1)]
    [InlineData("""{ "file": "a.py", "master": "yarn", "slots": 6 }""", 6)]
    [InlineData("""{ "file": "a.py", "master": "yarn", "slots": 6, "maxParallelism": 5 }""", 5)]
    [InlineData("""{ "file": "a.py", "master": "local[1]", "mode": "distributed" }""", 1)]
    public void Automatic_parallelism_follows_the_master(string options, int slots)
    {
        SparkSubmitOptions read = SparkSubmitReader.Read(System.Text.Json.JsonElement.Parse(options), []);

        Assert.Equal(slots, SparkCapacity.Of(read, processors: 8).Slots);
    }
}
