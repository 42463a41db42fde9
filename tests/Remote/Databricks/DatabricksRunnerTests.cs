using FunctionTune.DatabricksEmulator.Tasks;
using FunctionTune.Hosting;
using FunctionTune.Testing.Hosting;

namespace FunctionTune.Remote.Tests.Databricks;

/// <summary>Runs on a workspace keep the contract of runners.</summary>
public sealed class DatabricksRunnerTests : TrialRunnerContract, IAsyncLifetime
{
    private readonly Dictionary<TrialBehaviour, TestWorkspace> _workspaces = [];

    public async ValueTask InitializeAsync()
    {
        foreach (TrialBehaviour behaviour in Enum.GetValues<TrialBehaviour>())
        {
            _workspaces[behaviour] = await TestWorkspace.StartAsync((trial, ct) => RunAsync(behaviour, trial, ct));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (TestWorkspace workspace in _workspaces.Values)
        {
            await workspace.DisposeAsync();
        }
    }

    protected override ITrialRunner Open(TrialBehaviour behaviour) => _workspaces[behaviour].Runner();

    private static async Task<TaskResult?> RunAsync(TrialBehaviour behaviour, TestTrial trial, CancellationToken cancel)
    {
        switch (behaviour)
        {
            case TrialBehaviour.Succeeds:
                trial.Succeed(0.5);
                break;
            case TrialBehaviour.Reports:
                trial.Report(0, 4);
                trial.Report(1, 2);
                trial.Report(2, 1);
                trial.Succeed(0.5);
                break;
            case TrialBehaviour.Fails:
                return TaskResult.UserError("ValueError: no", "Traceback: ...");
            default:
                await Task.Delay(Timeout.Infinite, cancel);
                break;
        }

        return null;
    }
}
