using System.Text.Json;
using FunctionTune.Remote.Databricks.Options;

namespace FunctionTune.Remote.Tests.Databricks;

public sealed class OptionsTests
{
    private const string Start =
        """ "host": "https://adb-1.2.azuredatabricks.net", "task": {"python": {"file": "train.py"}}, """;

    private const string Cluster = """ "cluster": {"existing": "0101-abc"} """;

    [Fact]
    public void The_least_that_is_needed_has_the_usual_defaults()
    {
        DatabricksOptions options = Good($$"""{ {{Start}} {{Cluster}} }""");

        Assert.Equal(new Uri("https://adb-1.2.azuredatabricks.net"), options.Host);
        Assert.True(Assert.IsType<DatabricksTask.Python>(options.Task).IsLocal);
        Assert.Equal("0101-abc", Assert.IsType<DatabricksCompute.Existing>(options.Compute).Id);
        Assert.False(options.IsDistributed);
        Assert.Equal((1, 128), (options.TrialsPerRun, options.MaxParallelism));
    }

    [Fact]
    public void The_host_may_come_from_the_environment()
    {
        const string text = """{ "task": {"notebook": {"path": "/Workspace/x"}}, "cluster": {"serverless": {}} }""";

        (DatabricksOptions? options, _) = DatabricksOptionsReader.Read(
            JsonElement.Parse(text),
            name => name is "DATABRICKS_HOST" ? "adb-7.azuredatabricks.net" : null
        );

        Assert.Equal(new Uri("https://adb-7.azuredatabricks.net"), options!.Host);
        Assert.Contains("DATABRICKS_HOST", Problems(text).Single().ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://adb-1.2.azuredatabricks.net", "https://")]
    [InlineData("ftp://adb", "https://")]
    [InlineData("https://me:secret@adb", "no user and no password")]
    [InlineData("https://adb/sql/1", "ends after the host")]
    [InlineData("https://", "has an address")]
    public void A_host_that_is_no_good_is_refused(string host, string rule)
    {
        string text = $$"""{ "host": "{{host}}", "task": { "python": {"file": "t.py"} }, {{Cluster}} }""";

        Problem problem = Assert.Single(Problems(text));

        Assert.Equal("$.trial.databricks.host", problem.Path);
        Assert.Contains(rule, problem.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", problem.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost:8080")]
    [InlineData("http://127.0.0.1:8080/")]
    [InlineData("http://[::1]:8080")]
    public void A_server_on_this_machine_may_do_without_tls(string host) =>
        Assert.True(
            Good($$"""{ "host": "{{host}}", "task": { "python": {"file": "t.py"} }, {{Cluster}} }""").Host.IsLoopback
        );

    [Fact]
    public void A_token_in_a_study_file_is_refused_and_not_repeated()
    {
        Problem problem = Assert.Single(Problems($$"""{ {{Start}} {{Cluster}}, "token": "dapi123" }"""));

        Assert.Contains("DATABRICKS_TOKEN", problem.Hint, StringComparison.Ordinal);
        Assert.DoesNotContain("dapi123", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_that_is_wrong_is_listed_at_once()
    {
        string[] paths =
        [
            .. Problems(
                    """
                    { "host": "http://x", "task": {"wheel": {"package": 7, "file": "a.zip"}}, "cluster": {"existing": ""},
                      "mode": "both", "coresPerTrial": 0, "trialsPerRun": 1000, "maxParalellism": 3, "tags": {"functiontune-x": "1"} }
                    """
                )
                .Select(problem => problem.Path["$.trial.databricks.".Length..])
                .Order(StringComparer.Ordinal),
        ];

        Assert.Equal(
            [
                "cluster.existing",
                "coresPerTrial",
                "host",
                "maxParalellism",
                "mode",
                "tags",
                "task.wheel.entryPoint",
                "task.wheel.file",
                "task.wheel.package",
                "trialsPerRun",
            ],
            paths
        );
    }

    [Fact]
    public void A_misspelt_key_is_answered_by_the_one_that_was_meant() =>
        Assert.Contains(
            "Did you mean 'maxParallelism'?",
            Problems($$"""{ {{Start}} {{Cluster}}, "maxParalellism": 3 }""").Single().Hint,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("""{"jar": {"mainClass": "A"}}""", """{"serverless": {}}""")]
    [InlineData("""{"sparkSubmit": {"parameters": ["--class", "A"]}}""", """{"existing": "1"}""")]
    [InlineData("""{"notebook": {"path": "/x"}}""", """{"serverless": {"dependencies": ["numpy"]}}""")]
    [InlineData("""{"python": {"file": "a.py"}, "jar": {"mainClass": "A"}}""", """{"existing": "1"}""")]
    [InlineData("""{}""", """{"existing": "1"}""")]
    [InlineData("""{"python": {"file": "a.py"}}""", """{"existing": "1", "serverless": {}}""")]
    [InlineData("""{"python": {"file": "a.py"}}""", """{"new": {"num_workers": 1}}""")]
    [InlineData("""{"python": {"file": "https://x/a.py"}}""", """{"existing": "1"}""")]
    [InlineData("""{"python": {"file": "ftp://x/a.py"}}""", """{"existing": "1"}""")]
    [InlineData("""{"python": {"file": "://a.py"}}""", """{"existing": "1"}""")]
    [InlineData("""{"python": {"file": "file:///a.py"}}""", """{"existing": "1"}""")]
    [InlineData("""{"notebook": {"path": "train"}}""", """{"existing": "1"}""")]
    [InlineData("""{"sparkSubmit": {"parameters": []}}""", """{"new": {"spark_version": "x"}}""")]
    public void What_does_not_go_together_is_refused(string task, string cluster) =>
        Assert.NotEmpty(Problems($$"""{ "host": "https://adb", "task": {{task}}, "cluster": {{cluster}} }"""));

    [Fact]
    public void More_tags_than_Databricks_takes_are_refused()
    {
        string tags = string.Join(
            ',',
            Enumerable.Range(0, 23).Select(i => FormattableString.Invariant($"\"t{i}\": \"\""))
        );

        Assert.Contains(
            "22",
            Assert.Single(Problems($$"""{ {{Start}} {{Cluster}}, "tags": { {{tags}} } }""")).Rule,
            StringComparison.Ordinal
        );
    }

    private static DatabricksOptions Good(string text)
    {
        (DatabricksOptions? options, IReadOnlyList<Problem> problems) = DatabricksOptionsReader.Read(
            JsonElement.Parse(text),
            _ => null
        );
        Assert.Empty(problems);
        return options!;
    }

    private static IReadOnlyList<Problem> Problems(string text) =>
        DatabricksOptionsReader.Read(JsonElement.Parse(text), _ => null).Problems;
}
