using FunctionTune.Hosting;
using FunctionTune.Local.Stores;
using FunctionTune.Service.Simulation;
using FunctionTune.Testing;
using FunctionTune.Testing.Hosting;

namespace FunctionTune.Service.Tests.Simulation;

/// <summary>Simulated trials keep the contract of runners.</summary>
public sealed class SimulatedRunnerContractTests : TrialRunnerContract, IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<TrialBehaviour, ITrialRunner> _runners = [];

    public async ValueTask InitializeAsync()
    {
        foreach (TrialBehaviour behaviour in Enum.GetValues<TrialBehaviour>())
        {
            _runners[behaviour] = await new SimulatedPlatform().OpenRunnerAsync(
                new FolderStagingArea(_folder[behaviour.ToString()]),
                SimulatedStudies.Spec(OptionsOf(behaviour))
            );
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (ITrialRunner runner in _runners.Values)
        {
            await runner.DisposeAsync();
        }

        _folder.Dispose();
    }

    protected override ITrialRunner Open(TrialBehaviour behaviour) => _runners[behaviour];

    private static string OptionsOf(TrialBehaviour behaviour) =>
        behaviour switch
        {
            TrialBehaviour.Succeeds => """{"seconds":0.05}""",
            TrialBehaviour.Reports => """{"seconds":0.1,"reports":3}""",
            TrialBehaviour.Fails => """{"seconds":0.05,"failEvery":1}""",
            _ => """{"seconds":100000}""",
        };
}
