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

    [Fact]
    public void Each_trial_of_a_batch_gets_its_own_result()
    {
        for (int i = 0; i < 4; i++)
        {
            string folder = Directory.CreateDirectory(Path.Combine(_folder.Folder, $"{i}")).FullName;
            File.WriteAllText(
                Path.Combine(folder, "trial.json"),
                $$"""{"trial":{{i}},"params":{},"result":"result.json"}"""
            );
        }

        File.WriteAllText(Path.Combine(_folder.Folder, "3", "stop"), "");
        string batch = Path.Combine(_folder.Folder, "batch.json");
        File.WriteAllText(batch, """{"trials":["0/trial.json","1/trial.json","2/trial.json","3/trial.json"]}""");
        Environment.SetEnvironmentVariable("FUNCTIONTUNE_TRIAL", batch);

        Assert.Equal(0, Trial.Run(trial => trial.Number == 1 ? Broken(trial) : trial.Number));
        string[] results = [.. Enumerable.Range(0, 3).Select(Result)];
        Assert.Equal("""{"status":"ok","loss":0}""", results[0]);
        Assert.StartsWith("""{"status":"fail","message":"System.InvalidOperationException: no such data""", results[1]);
        Assert.Equal("""{"status":"ok","loss":2}""", results[2]);
        Assert.False(File.Exists(Path.Combine(_folder.Folder, "3", "result.json")));

        Assert.Equal(0, Trial.Run(_ => 100));
        Assert.Equal(results, Enumerable.Range(0, 3).Select(Result));
        File.Delete(Path.Combine(_folder.Folder, "0", "trial.json"));
        Assert.Equal(1, Trial.Run(_ => 100));
    }

    [Fact]
    public void What_breaks_while_a_trial_is_being_stopped_is_no_result()
    {
        Assert.Equal(
            1,
            Trial.Run(trial =>
            {
                File.WriteAllText(Path.Combine(_folder.Folder, "stop"), "");
                return Broken(trial);
            })
        );
        Assert.False(File.Exists(_folder.ResultPath));
    }

    private string Result(int trial) =>
        File.ReadAllText(Path.Combine(_folder.Folder, $"{trial}", "result.json")).TrimEnd();

    private static double Broken(Trial trial) => throw new InvalidOperationException("no such data");
}
