using FunctionTune.Studies;
using FunctionTune.Testing.Durable;

namespace FunctionTune.Service.Tests.Durable;

/// <summary>A study, run by the orchestration from its request to its end.</summary>
public sealed class StudyOrchestrationTests : IDisposable
{
    private readonly StudyWorld _world = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_study_runs_from_its_request_to_its_end()
    {
        StudyRecord study = await _world.RunAsync(
            """
            { "name": "s", "space": { "x": { "uniform": [0, 1] } }, "algo": "tpe", "maxEvals": 40, "parallelism": 4,
              "trial": { "simulated": { "seconds": 10 } } }
            """,
            Cancel
        );

        Assert.Null(_world.Hub.FailureOf("s"));
        Assert.Equal(HubStatus.Completed, _world.Hub.StatusOf("s"));
        Assert.Equal(StopReason.MaxEvals, study.State.Reason);
        Assert.Equal(new TrialCounts(Succeeded: 40), study.State.Counts);
        Assert.InRange(_world.Time.GetUtcNow() - study.CreatedAt, TimeSpan.FromSeconds(100), TimeSpan.FromSeconds(105));
    }
}
