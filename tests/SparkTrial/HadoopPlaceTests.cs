using FunctionTune.Spark.Hadoop;
using FunctionTune.TrialClient;

namespace FunctionTune.Spark.Tests;

/// <summary>A trial whose files lie in a store of Hadoop's.</summary>
public sealed class HadoopPlaceTests : IDisposable
{
    private const string Area = "abfss://c@a.dfs.core.windows.net/s/1";

    private readonly FolderFiles _files = new();

    private Trial Trial => TrialProgram.Open(Area + "/trial.json", new((uri, _) => new HadoopPlace(uri, _files)));

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Result_and_progress_arrive_and_nothing_else()
    {
        _files.Write(
            Area + "/trial.json",
            """{"params":{"x":3},"token":"abc","result":"result.json","progress":"progress.jsonl"}"""
        );
        Trial trial = Trial;
        trial.Report(0, 0.5);
        trial.Report(1, 0.25);
        trial.Succeed(trial.Params.Double("x"));

        Assert.Equal(["progress.jsonl", "result.json", "trial.json"], _files.Names());
        Assert.Equal("""{"status":"ok","loss":3,"token":"abc"}""", _files.Text(Area + "/result.json").TrimEnd());
        Assert.Equal(
            2,
            _files.Text(Area + "/progress.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries).Length
        );
    }

    [Fact]
    public void A_result_that_is_there_stays()
    {
        _files.Write(Area + "/trial.json", """{"params":{},"result":"result.json"}""");
        _files.Write(Area + "/result.json", "1");
        Trial.Succeed(2);

        Assert.Equal("1", _files.Text(Area + "/result.json"));
        Assert.Equal(["result.json", "trial.json"], _files.Names());
    }

    [Fact]
    public void Spark_reads_data_where_it_lies()
    {
        _files.Write(Area + "/trial.json", """{"params":{},"data":{"train":{"uri":"../d/x y.csv"}}}""");

        Assert.Equal(["abfss://c@a.dfs.core.windows.net/s/d/x y.csv"], Trial.Data["train"].SparkUris());
    }

    [Fact]
    public void A_trial_file_that_is_not_there_is_named() =>
        Assert.Contains(
            $"there is none at {Area}/trial.json",
            Assert.Throws<TrialException>(() => Trial).Message,
            StringComparison.Ordinal
        );
}
