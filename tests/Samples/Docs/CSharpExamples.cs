using FunctionTune.TrialClient;

namespace FunctionTune.Samples.Tests.Docs;

/// <summary>The C# of docs/writing-trials.md, line by line: it compiles here, and a test compares the two.</summary>
internal static class CSharpExamples
{
    public static int Run()
    {
        // csharpier-ignore-start
        return Trial.Run(trial =>
        {
            double x = trial.Params.Double("x");
            return (x - 3) * (x - 3);
        });
        // csharpier-ignore-end
    }

    public static void Open()
    {
        // csharpier-ignore-start
        var trial = Trial.Open();
        double alpha = trial.Params.Double("alpha");
        string kernel = trial.Params.String("kernel.kind");
        double gamma = trial.Params.Has("kernel.gamma") ? trial.Params.Double("kernel.gamma") : 0;
        int[] units = [.. trial.Params.List("layers").Select(layer => layer.Int("units"))];

        using Stream train = trial.OpenData("train");
        trial.Report(step: 1, loss: 0.5);
        trial.Succeed(
            loss: alpha + gamma + units.Length,
            lossVariance: 0.01,
            metrics: new Dictionary<string, double> { ["r2"] = 0.4, ["bytes"] = train.Length },
            extra: new Dictionary<string, object?> { ["kernel"] = kernel }
        );
        // csharpier-ignore-end
    }
}
