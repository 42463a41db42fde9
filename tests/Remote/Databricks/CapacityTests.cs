using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionTune.DatabricksEmulator;
using FunctionTune.DatabricksEmulator.Clusters;
using FunctionTune.Hosting;
using FunctionTune.Remote.Databricks;
using FunctionTune.Remote.Databricks.Options;
using ClusterState = FunctionTune.Remote.Databricks.Answers.ClusterState;
using NodeType = FunctionTune.Remote.Databricks.Answers.NodeType;

namespace FunctionTune.Remote.Tests.Databricks;

public sealed class CapacityTests
{
    private static readonly Dictionary<string, NodeType> s_types = new(StringComparer.Ordinal)
    {
        ["d4"] = new(4, 0),
        ["d8"] = new(8, 0),
        ["gpu"] = new(12, 2),
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"state":"RUNNING","node_type_id":"d4","num_workers":3,"executors":[{},{}]}""", "{}", 8, 8)]
    [InlineData("""{"state":"TERMINATED","node_type_id":"d4","num_workers":3}""", "{}", 12, 12)]
    [InlineData("""{"state":"RUNNING","node_type_id":"d4","num_workers":0,"driver_node_type_id":"d8"}""", "{}", 8, 8)]
    [InlineData(
        """{"state":"RUNNING","node_type_id":"d8","executors":[{}],"autoscale":{"min_workers":1,"max_workers":4}}""",
        "{}",
        8,
        32
    )]
    [InlineData(
        """{"state":"TERMINATED","node_type_id":"d8","autoscale":{"min_workers":1,"max_workers":4}}""",
        "{}",
        32,
        32
    )]
    [InlineData(
        """{"state":"RUNNING","node_type_id":"d8","executors":[{},{}],"spark_conf":{"spark.task.cpus":"4"}}""",
        "{}",
        4,
        4
    )]
    [InlineData("""{"state":"RUNNING","node_type_id":"d8","executors":[{},{}]}""", """{"coresPerTrial":3}""", 4, 4)]
    [InlineData("""{"state":"RUNNING","node_type_id":"d4","executors":[{}]}""", """{"coresPerTrial":16}""", 1, 1)]
    [InlineData("""{"state":"RUNNING","node_type_id":"gpu","executors":[{},{}]}""", """{"gpusPerTrial":1}""", 4, 4)]
    [InlineData("""{"state":"RUNNING","node_type_id":"gpu","executors":[{}]}""", """{"gpusPerTrial":0.5}""", 4, 4)]
    [InlineData("""{"state":"RUNNING","node_type_id":"d8","executors":[{},{}]}""", """{"trialsPerRun":3}""", 48, 48)]
    [InlineData("""{"state":"RUNNING","node_type_id":"d8","executors":[{},{}]}""", """{"maxParallelism":5}""", 5, 5)]
    [InlineData("""{"state":"RUNNING","node_type_id":"unheard of","executors":[{},{}]}""", "{}", 2, 2)]
    public void Slots_follow_from_the_cluster(string cluster, string options, int slots, int ceiling)
    {
        RunnerCapacity capacity = Capacity(options).Of(ClusterState.Read(JsonElement.Parse(cluster)), s_types);

        Assert.Equal((slots, ceiling), (capacity.Slots, capacity.Ceiling));
        Assert.NotEmpty(capacity.Why);
    }

    [Fact]
    public void The_reason_says_the_numbers()
    {
        const string cluster =
            """{"state":"RUNNING","node_type_id":"gpu","executors":[{},{}],"autoscale":{"max_workers":4}}""";

        RunnerCapacity capacity = Capacity("""{"gpusPerTrial":1,"coresPerTrial":2}""")
            .Of(ClusterState.Read(JsonElement.Parse(cluster)), s_types);

        Assert.Equal("2 workers x 12 cores / 2 a trial, 2 GPUs / 1 a trial, up to 8 when it scales out", capacity.Why);
    }

    [Fact]
    public async Task A_cluster_is_measured_anew_each_time_and_what_is_not_known_changes_nothing()
    {
        await using TestWorkspace workspace = await TestWorkspace.StartAsync(
            options: new DatabricksWorkspaceOptions { Clusters = [ClusterOptions.WithSlots(8)] }
        );
        ITrialRunner runner = workspace.Runner();

        Assert.Equal(8, (await runner.MeasureAsync(Cancel))!.Slots);
        Cluster cluster = workspace.Server.Clusters[TestWorkspace.Cluster];
        cluster.Resize(cluster.NumWorkers * 2);
        Assert.Equal(16, (await runner.MeasureAsync(Cancel))!.Slots);
        workspace.Server.Clusters.Remove(TestWorkspace.Cluster);
        Assert.Null(await runner.MeasureAsync(Cancel));
    }

    [Theory]
    [InlineData("""{"cluster":{"new":{"spark_version":"x"}}}""", 4, 128)]
    [InlineData("""{"cluster":{"serverless":{}},"maxParallelism":3}""", 3, 3)]
    [InlineData("""{"mode":"distributed"}""", 1, 128)]
    [InlineData("""{"mode":"distributed","cluster":{"new":{"spark_version":"x"}}}""", 4, 128)]
    public async Task Own_compute_and_distributed_trials_have_defaults(string change, int slots, int ceiling)
    {
        await using TestWorkspace workspace = await TestWorkspace.StartAsync();
        ITrialRunner runner = workspace.Runner(options =>
        {
            foreach ((string name, JsonNode? value) in JsonNode.Parse(change)!.AsObject())
            {
                options[name] = value!.DeepClone();
            }
        });

        RunnerCapacity? capacity = await runner.MeasureAsync(Cancel);

        Assert.Equal((slots, ceiling), (capacity!.Slots, capacity.Ceiling));
    }

    [Fact]
    public void After_a_refusal_half_as_many_run_and_then_one_more_each_half_minute()
    {
        var time = new HastyTime();
        var throttle = new Throttle(time);
        Assert.Null(throttle.Limit);

        throttle.Refused(20);
        throttle.Refused(20);
        Assert.Equal(10, throttle.Limit);

        time.Pass(TimeSpan.FromSeconds(61));
        Assert.Equal(12, throttle.Limit);
        throttle.Refused(12);
        Assert.Equal(6, throttle.Limit);

        time.Pass(TimeSpan.FromHours(1));
        Assert.Null(throttle.Limit);
    }

    private static DatabricksCapacity Capacity(string change)
    {
        JsonObject json = JsonNode
            .Parse(
                """{ "host": "https://adb", "task": { "jar": { "mainClass": "A" } }, "cluster": { "existing": "x" } }"""
            )!
            .AsObject();
        foreach ((string name, JsonNode? value) in JsonNode.Parse(change)!.AsObject())
        {
            json[name] = value!.DeepClone();
        }

        (DatabricksOptions? options, _) = DatabricksOptionsReader.Read(
            JsonSerializer.SerializeToElement(json),
            _ => null
        );
        return new DatabricksCapacity(null!, options!, new Throttle(TimeProvider.System));
    }
}
