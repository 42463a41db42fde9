using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using FunctionTune.DatabricksEmulator;
using FunctionTune.Remote.Databricks;
using FunctionTune.Remote.Databricks.Login;
using FunctionTune.Remote.Http;
using FunctionTune.StandIns.Faults;

namespace FunctionTune.Remote.Tests.Databricks;

public sealed class BackendMeterTests
{
    [Theory]
    [InlineData("/api/2.2/jobs/runs/get?run_id=7", "jobs/runs/get")]
    [InlineData("/api/2.0/fs/files/Volumes/main/a/b.json?overwrite=false", "fs/files")]
    [InlineData("/api/2.0/fs/directories/Volumes/main", "fs/directories")]
    [InlineData("batches/12/log?from=-1", "batches/{id}/log")]
    [InlineData("batches", "batches")]
    public void An_endpoint_is_named_without_what_it_is_asked_about(string path, string endpoint) =>
        Assert.Equal(endpoint, BackendMeter.EndpointOf(path));

    [Fact]
    public async Task Each_try_of_a_call_counts_with_its_answer_and_refusals_for_haste_count_apart()
    {
        var counts = new ConcurrentDictionary<string, long>(StringComparer.Ordinal);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, all) =>
        {
            if (string.Equals(instrument.Meter.Name, "FunctionTune", StringComparison.Ordinal))
            {
                all.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>(
            (instrument, value, tags, _) =>
            {
                string labels = string.Join(' ', tags.ToArray().Select(tag => $"{tag.Value}"));
                counts.AddOrUpdate($"{instrument.Name} {labels}", value, (_, sum) => sum + value);
            }
        );
        listener.Start();
        await using DatabricksWorkspace workspace = await DatabricksWorkspace.StartAsync(
            new DatabricksWorkspaceOptions(),
            TestContext.Current.CancellationToken
        );
        workspace.Faults.Set(new Fault.Throttled("1") { Times = 2 });
        using var connection = new DatabricksConnection(
            workspace.Url,
            new PersonalToken(workspace.Token),
            new WorkspaceRates(),
            new HastyTime()
        );

        await connection.SendAsync(
            new Call(HttpMethod.Get, "/api/2.1/clusters/list-node-types?meter"),
            TestContext.Current.CancellationToken
        );

        Assert.True(counts["functiontune.backend.requests clusters/list-node-types 429"] >= 2);
        Assert.True(counts["functiontune.backend.requests clusters/list-node-types 200"] >= 1);
        Assert.True(counts["functiontune.backend.throttled clusters/list-node-types"] >= 2);
    }
}
