using FunctionTune.Hosting;
using FunctionTune.Testing.Hosting;

namespace FunctionTune.Local.Tests.Processes;

public sealed class ProcessTrialRunnerContractTests : TrialRunnerContract, IAsyncDisposable
{
    private readonly ScriptRunner _scripts = new();

    public ValueTask DisposeAsync() => _scripts.DisposeAsync();

    protected override ITrialRunner Open(TrialBehaviour behaviour) =>
        _scripts.Shell(
            behaviour switch
            {
                TrialBehaviour.Succeeds => "echo 0.5",
                TrialBehaviour.Reports => """
                cd "$(dirname "$FUNCTIONTUNE_TRIAL")"
                echo '{"step":0,"loss":4}' >> progress.jsonl
                printf '{"step":1,' >> progress.jsonl
                echo '"values":{"loss":2}}' >> progress.jsonl
                printf '{"step":2,"loss":1}' >> progress.jsonl
                echo 0.5 > result.json
                """,
                TrialBehaviour.Fails => "exit 3",
                _ => "while :; do sleep 100; done",
            }
        );
}
