using FunctionTune.History;
using FunctionTune.Studies;

namespace FunctionTune.Engine.Tests.History;

public sealed class TrialResultReaderTests
{
    [Theory]
    [InlineData("0.31", 0.31)]
    [InlineData("  -1e-05\n", -1e-5)]
    [InlineData("\uFEFF7", 7)]
    [InlineData(".5", 0.5)]
    [InlineData("+2.", 2)]
    [InlineData("""{"loss": 0.25}""", 0.25)]
    [InlineData("""{"status": "ok", "loss": -3}""", -3)]
    [InlineData("""{"losses": [1, 2, 6]}""", 3)]
    [InlineData("""{"losses": [1, 2, 6], "loss": 9}""", 9)]
    [InlineData("""{"loss": null, "losses": [1.7e308, 1.7e308]}""", 1.7e308)]
    public void A_finite_loss_is_a_success(string text, double loss)
    {
        Assert.Equal(loss, Success(text).Loss);
    }

    [Theory]
    [InlineData("""{"loss": 1, "loss_variance": 0.5, "true_loss": 2, "true_loss_variance": 0}""")]
    [InlineData("""{"loss": 1, "lossVariance": 0.5, "trueLoss": 2, "trueLossVariance": 0}""")]
    public void What_belongs_to_the_loss_is_read_in_both_spellings(string text)
    {
        TrialResult result = Success(text);

        Assert.Equal((0.5, 2.0, 0.0), (result.LossVariance, result.TrueLoss, result.TrueLossVariance));
        Assert.Empty(result.Extra);
        Assert.Null(result.Note);
    }

    [Fact]
    public void The_variance_of_losses_has_the_divisor_n_minus_1()
    {
        Assert.Equal(7, Success("""{"losses": [1, 2, 6]}""").LossVariance);
        Assert.Equal(0.25, Success("""{"losses": [1, 2, 6], "loss_variance": 0.25}""").LossVariance);
        Assert.Null(Success("""{"losses": [1]}""").LossVariance);
        Assert.Null(Success("""{"losses": [1, 2, 6], "loss": 3}""").LossVariance);
    }

    [Fact]
    public void Metrics_and_every_other_key_are_kept()
    {
        TrialResult result = Success("""{"loss":1,"metrics":{"auc":0.9,"f1":NaN},"epochs":[3, 4],"bad":-Infinity}""");

        Assert.Equal([KeyValuePair.Create("auc", 0.9)], result.Metrics);
        Assert.Equal("metrics.f1 was left out: it was NaN", result.Note);
        Assert.Equal("bad epochs", string.Join(' ', result.Extra.Keys));
        Assert.Equal("-Infinity", result.Extra["bad"].GetString());
    }

    [Theory]
    [InlineData("nan")]
    [InlineData("NaN")]
    [InlineData("-nan")]
    [InlineData("\"NaN\"")]
    [InlineData("""{"loss": NaN}""")]
    [InlineData("""{"loss":nan,"note":"a \"NaN\" \\"}""")]
    [InlineData("""{"losses": [1, NaN, Infinity]}""")]
    public void A_loss_that_is_not_a_number_is_a_failure_of_its_own(string text)
    {
        TrialOutcome.Failed failure = Failure(text);

        Assert.Equal((FailureKind.NanLoss, "the loss was NaN"), (failure.Kind, failure.Message));
    }

    [Theory]
    [InlineData("inf", "the loss was Infinity")]
    [InlineData("-inf", "the loss was -Infinity")]
    [InlineData("Infinity", "the loss was Infinity")]
    [InlineData("1e999", "the loss was Infinity")]
    [InlineData("""{"loss":1e999}""", "the loss was Infinity")]
    [InlineData("""{"loss":-Infinity,"metrics":{}}""", "the loss was -Infinity")]
    [InlineData("""{"losses": [1, -1e999]}""", "the loss was -Infinity")]
    public void An_infinite_loss_is_a_failure_of_its_own(string text, string message)
    {
        TrialOutcome.Failed failure = Failure(text);

        Assert.Equal((FailureKind.InfiniteLoss, message), (failure.Kind, failure.Message));
    }

    [Theory]
    [InlineData("", "a result must be a number or a JSON object, but got nothing")]
    [InlineData("done", "a result must be a number or a JSON object, but got done")]
    [InlineData("[1]", "a result must be a number or a JSON object, but got [1]")]
    [InlineData("true", "a result must be a number or a JSON object, but got true")]
    [InlineData("{'loss': 1}", "a result must be a number or a JSON object, but got {'loss': 1}")]
    [InlineData("""{"loss":1""", "a result must be a number or a JSON object, but got {\"loss\":1")]
    [InlineData(
        """{"loss":1,"loss":2}""",
        "a result must be a number or a JSON object, but got {\"loss\":1,\"loss\":2}"
    )]
    [InlineData("""{"status":"ok"}""", "a result needs a loss, but got {\"status\":\"ok\"}")]
    [InlineData("""{"status":"ok","token":"a1"}""", "a result needs a loss, but got {\"status\":\"ok\"}")]
    [InlineData("""{"status":"new","loss":1}""", "status must be \"ok\" or \"fail\", but got \"new\"")]
    [InlineData("""{"status":1,"loss":1}""", "status must be \"ok\" or \"fail\", but got 1")]
    [InlineData("""{"loss":"0.3"}""", "loss must be a number, but got \"0.3\"")]
    [InlineData("""{"loss":[1]}""", "loss must be a number, but got [1]")]
    [InlineData("""{"losses":[]}""", "losses must be an array of at least one number, but got []")]
    [InlineData("""{"losses":[1,"a"]}""", "each of losses must be a number, but got \"a\"")]
    [InlineData("""{"loss":1,"loss_variance":-2}""", "loss_variance must be at least 0, but got -2")]
    [InlineData("""{"loss":1,"metrics":[2]}""", "metrics must be an object of numbers, but got [2]")]
    [InlineData("""{"loss":1,"metrics":{"a":true}}""", "metrics.a must be a number, but got true")]
    public void What_breaks_a_rule_is_an_invalid_result_that_says_the_rule_and_the_value(string text, string message)
    {
        TrialOutcome.Failed failure = Failure(text);

        Assert.Equal((FailureKind.InvalidResult, message), (failure.Kind, failure.Message));
    }

    [Theory]
    [InlineData("""{"status":"fail"}""", "the trial reported the status fail", null)]
    [InlineData("""{"status":"fail","message":"no convergence","loss":3}""", "no convergence", 3.0)]
    [InlineData("""{"status":"fail","error":"singular\nmatrix","loss":NaN}""", "singular matrix", null)]
    public void A_trial_may_say_that_it_failed(string text, string message, double? loss)
    {
        TrialOutcome.Failed failure = Failure(text);

        Assert.Equal((FailureKind.Reported, message, loss), (failure.Kind, failure.Message, failure.Loss));
    }

    [Fact]
    public void A_result_without_bounds_is_refused_in_few_words()
    {
        Assert.StartsWith(
            "a result must have at most",
            Failure(new string(' ', 2_000_000)).Message,
            StringComparison.Ordinal
        );
        Assert.Equal(FailureKind.InvalidResult, Failure(new string('[', 500_000)).Kind);
        Assert.InRange(Failure(new string('x', 500_000)).Message.Length, 1, 200);
    }

    [Fact]
    public void Reading_never_throws_and_what_it_gives_can_be_logged()
    {
        string[] seeds =
        [
            """{"status":"ok","loss":0.5,"losses":[1,NaN],"metrics":{"a":1e999},"x":"\ud800","é":{"y":[[]]}}""",
            """{"status":"fail","message":"\udc00 \u0000","loss":-inf}""",
        ];
        byte[] alphabet = "{}[]\",:\\u0eE+-.NaInf \n\u00ff"u8.ToArray();
        foreach (byte[] seed in seeds.Select(System.Text.Encoding.UTF8.GetBytes))
        {
            for (int place = 0; place < seed.Length; place++)
            {
                foreach (byte other in alphabet)
                {
                    byte[] changed = [.. seed[..place], other, .. seed[(place + 1)..]];
                    var fact = new StudyEvent.Finished(default, 0, 1, TrialResultReader.Read(changed));
                    Assert.IsType<StudyEvent.Finished>(StudyJson.Read(StudyJson.Write(fact)));
                }

                Assert.NotNull(TrialResultReader.Read(seed.AsSpan(0, place)));
            }
        }
    }

    private static TrialResult Success(string text) =>
        Assert.IsType<TrialOutcome.Succeeded>(TrialResultReader.Read(text)).Result;

    private static TrialOutcome.Failed Failure(string text) =>
        Assert.IsType<TrialOutcome.Failed>(TrialResultReader.Read(text));
}
