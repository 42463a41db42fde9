using FunctionTune.Testing.Processes;

namespace FunctionTune.Samples.Tests;

public sealed class PythonSklearnTests
{
    [Theory]
    [InlineData("""{"family":"svm","C":1,"gamma":0.03}""")]
    [InlineData("""{"family":"forest","n_estimators":20,"max_features":0.3,"min_samples_leaf":3}""")]
    [InlineData("""{"family":"boosting","n_estimators":20,"learning_rate":0.1,"max_depth":1,"subsample":0.5}""")]
    public async Task Each_family_gives_a_loss_with_its_variance(string model)
    {
        using TrialFolder folder = Trial(model);
        ProgramEnd end = await RunAsync(folder);

        Assert.Equal(new ProgramEnd(0, "", ""), end);
        Assert.InRange(folder.Result.Number("loss"), 0.05, 0.4);
        Assert.InRange(folder.Result.Number("loss_variance"), 0, 0.1);
        Assert.InRange(folder.Result.GetProperty("metrics").Number("balanced_accuracy"), 0.9, 1);
        Assert.Equal(5, folder.Progress.Count);
    }

    [Fact]
    public async Task A_setting_that_scikit_learn_refuses_fails_with_its_reason()
    {
        using TrialFolder folder = Trial("""{"family":"svm","C":-1,"gamma":0.03}""");
        ProgramEnd end = await RunAsync(folder);

        Assert.Equal(1, end.ExitCode);
        Assert.Contains(
            "'C' parameter of SVC must be",
            folder.Result.GetProperty("message").GetString(),
            StringComparison.Ordinal
        );
    }

    private static TrialFolder Trial(string model) => Sample.Trial("breast_cancer.csv", $$"""{"model":{{model}}}""");

    private static async Task<ProgramEnd> RunAsync(TrialFolder folder)
    {
        string? python = await ChildProgram.FindPythonAsync(["sklearn"], TestContext.Current.CancellationToken);
        Assert.SkipWhen(python is null, "No python3 on the PATH has scikit-learn: pip install scikit-learn.");
        string program = Sample.Path("samples/python-sklearn/train.py");
        return await folder.RunAsync([python, program], TestContext.Current.CancellationToken);
    }
}
