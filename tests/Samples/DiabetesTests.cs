using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionTune.Testing.Processes;

namespace FunctionTune.Samples.Tests;

public sealed class DiabetesTests
{
    /// <summary>
    /// Numbers of scikit-learn 1.2.1 (<c>KernelRidge</c> on the same split and standardised features, the target centred on
    /// its training mean; for polynomial, gamma = 1/10) with NumPy 1.24.2.
    /// </summary>
    [Theory]
    [InlineData(
        """{"alpha":1,"kernel":{"kind":"linear"}}""",
        57.37523813708513,
        0.4453356493813496,
        52.685020187100754
    )]
    [InlineData(
        """{"alpha":0.5,"kernel":{"kind":"rbf","gamma":0.01}}""",
        56.93970964364433,
        0.45372446882322026,
        51.27227287537187
    )]
    [InlineData(
        """{"alpha":0.5,"kernel":{"kind":"polynomial","degree":3,"coef0":1}}""",
        64.64438211696648,
        0.29588624391668117,
        42.67029399019558
    )]
    public async Task Each_kernel_agrees_with_scikit_learn(string parameters, double rmse, double r2, double trainRmse)
    {
        using TrialFolder folder = Sample.Trial("diabetes.csv", parameters);
        ProgramEnd end = await Sample.RunAsync(folder, "KernelRidge.dll");

        Assert.Equal(new ProgramEnd(0, "", ""), end);
        Assert.Equal(rmse, folder.Result.Number("loss"), rmse * 1e-9);
        Assert.Equal(r2, folder.Result.GetProperty("metrics").Number("r2"), 1e-9);
        Assert.Equal(trainRmse, folder.Result.GetProperty("metrics").Number("train_rmse"), trainRmse * 1e-9);
    }

    [Theory]
    [InlineData("""{"alpha":0,"kernel":{"kind":"linear"}}""", "alpha must be above 0, but got 0.")]
    [InlineData(
        """{"alpha":1e-12,"kernel":{"kind":"linear"}}""",
        "too ill-conditioned for this alpha: the system leaves a residual"
    )]
    [InlineData(
        """{"alpha":1e-17,"kernel":{"kind":"linear"}}""",
        "too ill-conditioned for this alpha: the system is not positive definite"
    )]
    [InlineData(
        """{"alpha":1,"kernel":{"kind":"cubic"}}""",
        "A kernel must be rbf, polynomial or linear, but got 'cubic'."
    )]
    [InlineData("""{"alpha":1,"kernel":{"kind":"rbf"}}""", "params.kernel has no 'gamma'. It has: kind.")]
    public async Task A_setting_that_cannot_be_fitted_fails_with_the_reason(string parameters, string reason)
    {
        using TrialFolder folder = Sample.Trial("diabetes.csv", parameters);
        ProgramEnd end = await Sample.RunAsync(folder, "KernelRidge.dll");

        Assert.Equal(1, end.ExitCode);
        Assert.Equal("fail", folder.Result.GetProperty("status").GetString());
        Assert.Contains(reason, folder.Result.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task By_hand_the_result_appears_on_standard_output()
    {
        using TrialFolder folder = Sample.Trial("diabetes.csv", "{}");
        var data = new JsonObject { ["train"] = new JsonObject { ["uri"] = Sample.Path("samples/data/diabetes.csv") } };
        JsonNode parameters = JsonNode.Parse("""{"alpha":1,"kernel":{"kind":"linear"}}""")!;
        await File.WriteAllTextAsync(
            folder.TrialPath,
            new JsonObject { ["params"] = parameters, ["data"] = data }.ToJsonString(),
            TestContext.Current.CancellationToken
        );
        ProgramEnd end = await Sample.RunAsync(folder, "KernelRidge.dll");

        Assert.Equal(57.375238, JsonElement.Parse(end.Output).Number("loss"), 1e-6);
    }
}
