using FunctionTune.Hosting;
using FunctionTune.Testing.Hosting;

namespace FunctionTune.Remote.Tests.Livy;

/// <summary>Batches of Livy keep the contract of runners.</summary>
public sealed class LivyContractTests : TrialRunnerContract, IAsyncLifetime
{
    private readonly Dictionary<TrialBehaviour, ITrialRunner> _runners = [];
    private TestLivy _livy = null!;

    public async ValueTask InitializeAsync()
    {
        _livy = await TestLivy.StartAsync();
        foreach (TrialBehaviour behaviour in Enum.GetValues<TrialBehaviour>())
        {
            _runners[behaviour] = await _livy.OpenAsync(PythonTrials.Program(behaviour));
        }
    }

    public ValueTask DisposeAsync() => _livy?.DisposeAsync() ?? ValueTask.CompletedTask;

    protected override ITrialRunner Open(TrialBehaviour behaviour) => _runners[behaviour];
}
