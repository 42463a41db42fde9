using FunctionTune.History;
using FunctionTune.Hosting;
using FunctionTune.Testing.Hosting;

namespace FunctionTune.Local.Tests;

public sealed class DelegateTrialRunnerTests : TrialRunnerContract
{
    protected override ITrialRunner Open(TrialBehaviour behaviour) =>
        new DelegateTrialRunner(
            async (_, scope) =>
            {
                switch (behaviour)
                {
                    case TrialBehaviour.Reports:
                        scope.Report(0, 4);
                        scope.Report(1, 2);
                        scope.Report(2, 1);
                        break;
                    case TrialBehaviour.Fails:
                        throw new InvalidOperationException("The matrix is singular.");
                    case TrialBehaviour.NeverEnds:
                        await Task.Delay(Timeout.Infinite, scope.CancellationToken);
                        break;
                    default:
                        break;
                }

                return new TrialResult(0.5);
            },
            TimeProvider.System
        );
}
