using FunctionTune.Testing.Processes;

namespace FunctionTune.Samples.Tests;

public sealed class BreastCancerTests
{
    /// <summary>
    /// Numbers of scikit-learn 1.2.1 on the same folds: <c>LogisticRegression</c> (saga, elastic net, C = 1 / (penalty * n)) and
    /// <c>KNeighborsClassifier</c> with one vote more for either class; for stumps, of a few lines of NumPy 1.24.2, because
    /// scikit-learn's trees round features to single precision.
    /// </summary>
    [Theory]
    [InlineData(
        """{"family":"logistic","penalty":0.003,"l1Ratio":0.5}""",
        0.07626506402573408,
        0.0002660812401539247,
        1e-6
    )]
    [InlineData(
        """{"family":"logistic","penalty":0.01,"l1Ratio":0.5}""",
        0.09247611929525644,
        0.0004138521125608797,
        1e-6
    )]
    [InlineData(
        """{"family":"neighbours","k":9,"weights":"uniform"}""",
        0.1866416358848244,
        0.0003197909481703407,
        1e-12
    )]
    [InlineData(
        """{"family":"neighbours","k":9,"weights":"distance"}""",
        0.1842234405857897,
        0.0002983750626759377,
        1e-12
    )]
    [InlineData(
        """{"family":"stumps","rounds":50,"learningRate":0.1}""",
        0.14289206075762012,
        0.0012430222370231254,
        1e-12
    )]
    public async Task Each_family_agrees_with_another_implementation(
        string model,
        double loss,
        double variance,
        double tolerance
    )
    {
        using TrialFolder folder = Sample.Trial("breast_cancer.csv", $$"""{"model":{{model}}}""");
        ProgramEnd end = await Sample.RunAsync(folder, "Classifiers.dll");

        Assert.Equal(new ProgramEnd(0, "", ""), end);
        Assert.Equal(loss, folder.Result.Number("loss"), tolerance);
        Assert.Equal(variance, folder.Result.Number("loss_variance"), tolerance);
        Assert.InRange(folder.Result.GetProperty("metrics").Number("balanced_accuracy"), 0.94, 0.98);
    }

    [Fact]
    public async Task The_loss_so_far_is_reported_after_each_fold()
    {
        using TrialFolder folder = Sample.Trial(
            "breast_cancer.csv",
            """{"model":{"family":"stumps","rounds":5,"learningRate":1}}"""
        );
        await Sample.RunAsync(folder, "Classifiers.dll");

        Assert.Equal([1, 2, 3, 4, 5], folder.Progress.Select(value => value.GetProperty("step").GetInt32()));
        Assert.Equal(
            folder.Result.Number("loss"),
            folder.Progress[^1].GetProperty("values").Number("loss"),
            tolerance: 0
        );
    }

    [Theory]
    [InlineData(
        """{"family":"forest"}""",
        "A model must be of the family logistic, neighbours or stumps, but got 'forest'."
    )]
    [InlineData("""{"family":"neighbours","k":500,"weights":"uniform"}""", "k must be 1 to 454, but got 500.")]
    [InlineData(
        """{"family":"neighbours","k":2.5,"weights":"uniform"}""",
        "params.model.k is to be an integer, but is 2.5."
    )]
    [InlineData(
        """{"family":"neighbours","k":2,"weights":"near"}""",
        "Weights must be uniform or distance, but got 'near'."
    )]
    public async Task A_setting_that_cannot_be_fitted_fails_with_the_reason(string model, string reason)
    {
        using TrialFolder folder = Sample.Trial("breast_cancer.csv", $$"""{"model":{{model}}}""");
        ProgramEnd end = await Sample.RunAsync(folder, "Classifiers.dll");

        Assert.Equal(1, end.ExitCode);
        Assert.Contains(reason, folder.Result.GetProperty("message").GetString(), StringComparison.Ordinal);
    }
}
