using FunctionTune.Hosting;
using FunctionTune.Testing.Hosting;

namespace FunctionTune.Local.Tests.Spark;

/// <summary>Trials that spark-submit starts are trials like all others.</summary>
public sealed class SparkSubmitContractTests : TrialRunnerContract, IAsyncLifetime
{
    private readonly SparkSubmitFixture _fixture = new();
    private readonly Dictionary<TrialBehaviour, ITrialRunner> _runners = [];

    public async ValueTask InitializeAsync()
    {
        foreach (TrialBehaviour behaviour in Enum.GetValues<TrialBehaviour>())
        {
            _fixture.Folder.Write($"{behaviour}.py", PythonTrials.Program(behaviour));
            _runners[behaviour] = await _fixture.OpenAsync(
                _fixture.Study($$"""{ "file": "{{behaviour}}.py", "master": "local[1]" }""")
            );
        }
    }

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    protected override ITrialRunner Open(TrialBehaviour behaviour) => _runners[behaviour];
}
