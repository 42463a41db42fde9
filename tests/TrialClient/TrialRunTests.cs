using FunctionTune.Testing.Processes;

namespace FunctionTune.TrialClient.Tests;

/// <summary>The only tests that touch the environment variable, so they do not meet one another.</summary>
public sealed class TrialRunTests : IDisposable
{
    private readonly TrialFolder _folder = new("""{"alpha":0.5}""");

    public TrialRunTests() => Environment.SetEnvironmentVariable("FUNCTIONTUNE_TRIAL", _folder.TrialPath);

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("FUNCTIONTUNE_TRIAL", null);
        _folder.Dispose();
    }

    [Fact]
    public void The_returned_number_is_the_loss()
    {
        Assert.Equal(0, Trial.Run(trial => trial.Params.Double("alpha") * 2));
        Assert.Equal(1, _folder.Result.GetProperty("loss").GetDouble());
    }

    [Fact]
    public void An_exception_becomes_a_failed_result()
    {
        Assert.Equal(1, Trial.Run(Broken));

        Assert.Equal("fail", _folder.Result.GetProperty("status").GetString());
        Assert.Equal(
            "System.InvalidOperationException: no such data",
            _folder.Result.GetProperty("message").GetString()
        );
        Assert.Equal("System.InvalidOperationException", _folder.Result.GetProperty("type").GetString());
        Assert.Contains(nameof(Broken), _folder.Result.GetProperty("traceback").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_end_without_a_result_is_a_failure()
    {
        Assert.Equal(1, Trial.Run(trial => trial.Report(0, 1)));
        Assert.Contains("ended without", _folder.Result.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_exception_after_the_result_leaves_the_result_and_is_told_by_the_exit_code()
    {
        Assert.Equal(
            1,
            Trial.Run(trial =>
            {
                trial.Succeed(3);
                throw new InvalidOperationException("late");
            })
        );
        Assert.Equal(3, _folder.Result.GetProperty("loss").GetDouble());
    }

    [Fact]
    public void Without_the_variable_it_says_how_to_try_a_trial_by_hand()
    {
        Environment.SetEnvironmentVariable("FUNCTIONTUNE_TRIAL", null);

        var thrown = Assert.Throws<TrialException>(Trial.Open);
        Assert.Contains("start it with FUNCTIONTUNE_TRIAL=trial.json", thrown.Message, StringComparison.Ordinal);
        Assert.Equal(1, Trial.Run(_ => 0));
    }

    private static double Broken(Trial trial) => throw new InvalidOperationException("no such data");
}
