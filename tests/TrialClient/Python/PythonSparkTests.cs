using FunctionTune.Testing;
using FunctionTune.Testing.Processes;

namespace FunctionTune.TrialClient.Tests.Python;

/// <summary>The client on Spark, with a small stand-in for Spark's Python side.</summary>
public sealed class PythonSparkTests : IDisposable
{
    private const string Area = "abfss://c@a.dfs.core.windows.net/s";

    private readonly TemporaryFolder _folder = new();

    public PythonSparkTests()
    {
        foreach (string file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "pyspark")))
        {
            _folder.Write($"pyspark/{Path.GetFileName(file)}", File.ReadAllText(file));
        }

        Directory.CreateDirectory(_folder["store/c@a.dfs.core.windows.net/s/1"]);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_driver_reads_and_writes_the_places_that_Spark_can_reach()
    {
        Store("d/x.csv", "abc");
        Store(
            "1/trial.json",
            """
            {"params":{"x":3},"result":"result.json","progress":"progress.jsonl","data":{"train":{"uri":"../d/x.csv",
             "sha256":"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad","bytes":3}}}
            """
        );
        ProgramEnd end = await RunAsync(
            """
            def objective(params):
                trial = functiontune.current_trial()
                print(trial.open_data("train", "r").read(), trial.data_uris("train"))
                trial.report(0, 1)
                return params["x"]
            functiontune.run(objective)
            functiontune.open_trial().succeed(9)
            """
        );

        Assert.Equal($"abc ['{Area}/d/x.csv']\n", end.Output);
        Assert.Contains("it stays as it is", end.Error, StringComparison.Ordinal);
        Assert.Equal("""{"status": "ok", "loss": 3.0}""", Stored("1/result.json"));
        Assert.Equal("""{"step": 0, "values": {"loss": 1}}""", Stored("1/progress.jsonl"));
    }

    [Theory]
    [InlineData("FAKE_EXECUTOR")]
    [InlineData("NO_SPARK")]
    public async Task Where_no_driver_runs_it_says_what_else_can_be_done(string variable)
    {
        Store("1/trial.json", "{}");
        string program = variable == "NO_SPARK" ? "" : "import pyspark\n";
        ProgramEnd end = await RunAsync(
            program + "functiontune.open_trial()",
            variable,
            driver: variable != "NO_SPARK"
        );

        Assert.Equal(1, end.ExitCode);
        Assert.Contains("let 'staging' name a mount or a volume, or set its \"access\" to \"sas\"", end.Error);
    }

    [Fact]
    public async Task A_value_is_broadcast_and_a_loader_is_called_once_in_each_process()
    {
        ProgramEnd end = await RunAsync(
            """
            from pyspark.sql import SparkSession
            spark = SparkSession.builder.getOrCreate()
            shared = functiontune.broadcast([1, 2])
            loaded = functiontune.broadcast(lambda: print("loading") or 3)
            print(type(shared).__name__, shared.value, loaded.value, loaded.value, len(spark.sparkContext.files))
            """
        );

        Assert.Equal("loading\n_Broadcast [1, 2] 3 3 1\n", end.Output);
    }

    [Fact]
    public async Task What_is_too_large_to_be_broadcast_is_refused_with_what_to_do_instead()
    {
        ProgramEnd end = await RunAsync(
            """
            from pyspark.sql import SparkSession
            SparkSession.builder.getOrCreate()
            functiontune.BROADCAST_LIMIT = 1000
            try:
                functiontune.broadcast(bytes(2000))
            except functiontune.TrialError as error:
                print(error)
            try:
                functiontune.broadcast([lambda: 1])
            except functiontune.TrialError as error:
                print(error)
            """
        );

        Assert.Contains("must pickle to at most 1,000 bytes", end.Output, StringComparison.Ordinal);
        Assert.Contains("Stage it as data instead", end.Output, StringComparison.Ordinal);
        Assert.Contains("Convert it to NumPy arrays", end.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_Spark_a_value_is_just_held()
    {
        ProgramEnd end = await RunAsync("print(functiontune.broadcast({'a': 1}).value)", driver: false);

        Assert.Equal("{'a': 1}\n", end.Output);
    }

    [Fact]
    public async Task A_notebook_finds_its_trial_by_the_widget()
    {
        _folder.Write("trial.json", """{"params":{"x":3}}""");
        ProgramEnd end = await PythonProgram.RunAsync(
            _folder.Path,
            """
            class dbutils:
                class widgets:
                    @staticmethod
                    def get(name):
                        return {"functiontune_trial": "trial.json"}[name]
            functiontune.run(lambda params: params["x"])
            """,
            [],
            new() { ["FUNCTIONTUNE_TRIAL"] = "/nowhere" }
        );

        Assert.Equal("""{"status": "ok", "loss": 3.0}""", end.Output.TrimEnd());
    }

    [Fact]
    public async Task A_trial_that_is_sent_elsewhere_opens_its_data_there()
    {
        _folder.Write("x.csv", "abc");
        _folder.Write("trial.json", """{"params":{},"data":{"train":{"uri":"x.csv"}},"result":"abfss://c@a/r.json"}""");
        ProgramEnd end = await PythonProgram.RunAsync(
            _folder.Path,
            """
            import pickle
            from pyspark.sql import SparkSession
            spark = SparkSession.builder.getOrCreate()
            trial = pickle.loads(pickle.dumps(functiontune.open_trial()))
            print(trial.open_data("train", "r").read(), len(spark.sparkContext.files))
            print(type(pickle.loads(pickle.dumps(trial.params))).__name__)
            """,
            ["--functiontune-trial", "trial.json"],
            []
        );

        Assert.Equal(new ProgramEnd(0, "abc 1\ndict\n", ""), end);
    }

    private void Store(string path, string text) => _folder.Write($"store/c@a.dfs.core.windows.net/s/{path}", text);

    private string Stored(string path) =>
        File.ReadAllText(_folder[$"store/c@a.dfs.core.windows.net/s/{path}"]).TrimEnd();

    private Task<ProgramEnd> RunAsync(string program, string variable = "SOME_DRIVER", bool driver = true) =>
        PythonProgram.RunAsync(
            _folder.Path,
            program,
            ["--functiontune-trial", Area + "/1/trial.json"],
            new()
            {
                [driver ? "PYSPARK_GATEWAY_PORT" : "NO_GATEWAY"] = "1",
                ["FAKE_STORE"] = _folder["store"],
                [variable] = "1",
            }
        );
}
