using System.Text;
using FunctionTune.History;
using FunctionTune.Testing.Processes;

namespace FunctionTune.TrialClient.Tests;

/// <summary>What the client writes means the same to the engine.</summary>
public sealed class ReadByTheEngineTests : IDisposable
{
    private readonly TrialFolder _folder = new("{}");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_success_arrives_whole()
    {
        Trial
            .Open(_folder.TrialPath)
            .SucceedWithFolds(
                [1, 2, 6],
                new Dictionary<string, double>(StringComparer.Ordinal) { ["auc"] = 0.9 },
                new Dictionary<string, object?>(StringComparer.Ordinal) { ["true_loss"] = 2.5, ["epochs"] = 12 }
            );

        TrialResult result = Assert.IsType<TrialOutcome.Succeeded>(Outcome).Result;
        Assert.Equal((3, 7, 2.5), (result.Loss, result.LossVariance, result.TrueLoss));
        Assert.Equal(0.9, result.Metrics["auc"]);
        Assert.Equal(12, result.Extra["epochs"].GetInt32());
    }

    [Theory]
    [InlineData(double.NaN, FailureKind.NanLoss)]
    [InlineData(double.PositiveInfinity, FailureKind.InfiniteLoss)]
    [InlineData(double.NegativeInfinity, FailureKind.InfiniteLoss)]
    public void A_loss_that_is_not_finite_is_known_as_such(double loss, FailureKind kind)
    {
        Trial.Open(_folder.TrialPath).Succeed(loss);

        Assert.Equal(kind, Assert.IsType<TrialOutcome.Failed>(Outcome).Kind);
    }

    [Fact]
    public void A_failure_arrives_with_its_message_and_trace()
    {
        Trial.Open(_folder.TrialPath).Fail(new InvalidOperationException("first line\nsecond line"));

        var failure = Assert.IsType<TrialOutcome.Failed>(Outcome);
        Assert.Equal(FailureKind.Reported, failure.Kind);
        Assert.Equal("System.InvalidOperationException: first line second line", failure.Message);
        Assert.StartsWith("System.InvalidOperationException: first line\nsecond line", failure.Detail);
    }

    [Fact]
    public void Intermediate_values_arrive()
    {
        var trial = Trial.Open(_folder.TrialPath);
        trial.Report(
            3,
            new Dictionary<string, double>(StringComparer.Ordinal) { ["loss"] = 0.4, ["auc"] = double.NaN }
        );

        string line = File.ReadAllText(_folder.ProgressPath).TrimEnd('\n');
        IntermediateValue value = IntermediateValueReader.Read(Encoding.UTF8.GetBytes(line))!;
        Assert.Equal(3, value.Step);
        Assert.Equal([new("loss", 0.4)], value.Values);
    }

    private TrialOutcome Outcome => TrialResultReader.Read(File.ReadAllBytes(_folder.ResultPath));
}
