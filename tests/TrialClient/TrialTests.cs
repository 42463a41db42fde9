using System.Text.Json;
using FunctionTune.Testing.Processes;

namespace FunctionTune.TrialClient.Tests;

public sealed class TrialTests : IDisposable
{
    private readonly TrialFolder _folder = new("""{"alpha":0.5}""");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_trial_knows_which_one_it_is()
    {
        var trial = Trial.Open(_folder.TrialPath);

        Assert.Equal(("by-test", 7, 2), (trial.Study, trial.Number, trial.Attempt));
    }

    [Fact]
    public void A_result_holds_the_loss_and_whatever_else_is_known()
    {
        Trial
            .Open(_folder.TrialPath)
            .Succeed(
                0.31,
                lossVariance: 0.002,
                metrics: new Dictionary<string, double>(StringComparer.Ordinal) { ["r2"] = 0.5 },
                extra: new Dictionary<string, object?>(StringComparer.Ordinal) { ["true_loss"] = 0.3, ["note"] = "é" }
            );

        Written(
            """{"status":"ok","loss":0.31,"loss_variance":0.002,"metrics":{"r2":0.5},"true_loss":0.3,"note":"é"}"""
        );
    }

    [Fact]
    public void A_loss_that_is_not_finite_is_written_as_text()
    {
        Trial.Open(_folder.TrialPath).Succeed(double.NaN);

        Written("""{"status":"ok","loss":"NaN"}""");
    }

    [Fact]
    public void Folds_give_their_mean_and_sample_variance()
    {
        Trial.Open(_folder.TrialPath).SucceedWithFolds([1, 2, 6]);

        Written("""{"status":"ok","loss":3,"loss_variance":7,"losses":[1,2,6]}""");
    }

    [Fact]
    public void One_fold_has_no_variance_and_none_is_refused()
    {
        var trial = Trial.Open(_folder.TrialPath);

        Assert.Throws<ArgumentException>(() => trial.SucceedWithFolds([]));
        trial.SucceedWithFolds([4]);
        Written("""{"status":"ok","loss":4,"losses":[4]}""");
    }

    [Fact]
    public void An_extra_key_may_not_hide_the_loss()
    {
        var trial = Trial.Open(_folder.TrialPath);
        var extra = new Dictionary<string, object?>(StringComparer.Ordinal) { ["loss"] = 1 };

        Assert.StartsWith(
            "An extra key must not be one of the result's own, but got 'loss'.",
            Assert.Throws<ArgumentException>(() => trial.Succeed(0, extra: extra)).Message
        );
        Assert.False(File.Exists(_folder.ResultPath));
    }

    [Fact]
    public void A_result_is_written_once_and_leaves_nothing_else()
    {
        var trial = Trial.Open(_folder.TrialPath);
        trial.Succeed(1);

        Assert.StartsWith(
            "A trial must have one result,",
            Assert.Throws<TrialException>(() => trial.Fail("late")).Message
        );
        Written("""{"status":"ok","loss":1}""");
        string[] names = [.. Directory.GetFiles(_folder.Folder).Select(file => Path.GetFileName(file))];
        Assert.Equal("result.json, trial.json", string.Join(", ", names.Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void A_result_that_is_there_stays()
    {
        Trial.Open(_folder.TrialPath).Succeed(1);
        Trial.Open(_folder.TrialPath).Succeed(2);

        Written("""{"status":"ok","loss":1}""");
    }

    [Fact]
    public async Task Intermediate_values_are_whole_lines_also_from_many_threads()
    {
        var trial = Trial.Open(_folder.TrialPath);
        trial.Report(0, double.PositiveInfinity);
        await Parallel.ForAsync(
            1,
            200,
            TestContext.Current.CancellationToken,
            (step, _) =>
            {
                trial.Report(
                    step,
                    new Dictionary<string, double>(StringComparer.Ordinal) { ["loss"] = 0.5, ["auc"] = step }
                );
                return ValueTask.CompletedTask;
            }
        );

        Assert.Equal("""{"step":0,"values":{"loss":"Infinity"}}""", _folder.Progress[0].GetRawText());
        Assert.Equal(
            Enumerable.Range(0, 200),
            _folder.Progress.Select(value => value.GetProperty("step").GetInt32()).Order()
        );
        Assert.Throws<ArgumentOutOfRangeException>(() => trial.Report(-1, 0));
    }

    [Theory]
    [InlineData("{", "must be a JSON object: expected '\"' at character 2, found the end.")]
    [InlineData("[]", "must be a JSON object: expected an object.")]
    [InlineData("{}", "must have \"params\"")]
    [InlineData("""{"params":{},"data":{"train":{}}}""", "must have \"data\".\"train\".\"uri\"")]
    [InlineData(
        """{"params":{},"result":"abfss://x/y"}""",
        "'result' of the trial file must be a path, or a file or https"
    )]
    [InlineData("""{"trials":["1/trial.json"]}""", "Call Trial.Run, which takes the trials in turn")]
    public void A_broken_trial_file_is_refused_with_the_reason(string content, string reason)
    {
        File.WriteAllText(_folder.TrialPath, content);

        var thrown = Assert.Throws<TrialException>(() => Trial.Open(_folder.TrialPath));
        Assert.Contains(
            _folder.TrialPath,
            reason.StartsWith('\'') ? _folder.TrialPath : thrown.Message,
            StringComparison.Ordinal
        );
        Assert.Contains(reason, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_result_carries_the_token_of_its_attempt()
    {
        File.WriteAllText(_folder.TrialPath, """{"params":{},"token":"abc","result":"result.json"}""");
        Trial.Open(_folder.TrialPath).Succeed(1);

        Written("""{"status":"ok","loss":1,"token":"abc"}""");
    }

    [Theory]
    [InlineData("--depth 3 --functiontune-trial t.json", "--depth 3")]
    [InlineData("--functiontune-trial t.json --depth 3", "--depth 3")]
    [InlineData("--depth 3", "--depth 3")]
    public void A_programs_own_arguments_are_those_without_the_trial(string arguments, string own) =>
        Assert.Equal(own.Split(' '), Trial.OwnArguments(arguments.Split(' ')));

    private void Written(string json) =>
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(json), _folder.Result), _folder.Result.GetRawText());
}
