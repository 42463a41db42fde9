using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionTune.Cli.AskTell;
using FunctionTune.Hosting;

namespace FunctionTune.Cli.Tests.AskTell;

public sealed class AskTellSessionTests : IDisposable
{
    private const string Opening = """{"space":{"x":{"uniform":[-10,10]}},"algo":"rand","seed":7}""";

    private readonly AskTellSession _session = new(Suggesters.BuiltIn);

    public void Dispose() => _session.Dispose();

    [Fact]
    public void A_good_first_line_is_answered_by_nothing() => Assert.Equal("", Answer(Opening));

    [Fact]
    public void Asked_trials_are_numbered_on_and_lie_in_the_space()
    {
        Answer(Opening);

        JsonArray trials = Trials("""{"ask":3}""");
        Assert.Equal([0, 1, 2], trials.Select(trial => (int)trial!["trial"]!));
        Assert.All(trials, trial => Assert.InRange((double)trial!["params"]!["x"]!, -10, 10));
        Assert.Equal(3, (int)Trials("""{"ask":1}""")[0]!["trial"]!);
    }

    [Fact]
    public void The_same_session_gives_the_same_points()
    {
        using var other = new AskTellSession(Suggesters.BuiltIn);
        string opening = Opening.Replace("rand", "tpe", StringComparison.Ordinal);
        string[] lines = [opening, """{"ask":25}""", """{"tell":{"trial":3,"loss":1}}""", """{"ask":5}"""];

        foreach (string line in lines)
        {
            Assert.Equal(Answer(line), Answer(other, line));
        }
    }

    [Theory]
    [InlineData("""{"space":{"x":{"choice":["\ud800","b"]}}}""")]
    [InlineData("""{"space":{"\ud83d\u0041":{"uniform":[0,1]}}}""")]
    [InlineData("""{"tell":{"\udc00":1}}""")]
    public void Half_a_character_is_refused_and_changes_nothing(string line)
    {
        Assert.Contains("both halves", Answer(line), StringComparison.Ordinal);
        Assert.Equal("", Answer("""{"space":{"x":{"choice":["\ud83d\ude00","\\ud800"]}},"algo":"rand"}"""));
        Assert.Single(Trials("""{"ask":1}"""));
    }

    [Fact]
    public void Only_space_is_needed_in_the_first_line()
    {
        Assert.Equal("", Answer("""{"space":{"normal":[0,1]}}"""));
        Assert.IsType<JsonArray>(Trials("""{"ask":1}"""));
    }

    [Fact]
    public void A_client_may_tell_its_plans()
    {
        Assert.Equal("", Answer("""{"space":{"normal":[0,1]},"maxEvals":50,"parallelism":8,"explain":true}"""));
        Assert.Single(Trials("""{"ask":1}"""));
    }

    [Fact]
    public void A_space_that_is_one_expression_gives_bare_values()
    {
        Answer("""{"space":{"uniformint":[1,3]},"algo":"rand"}""");

        Assert.InRange((int)Trials("""{"ask":1}""")[0]!["params"]!, 1, 3);
    }

    [Theory]
    [InlineData("""{"trial":0,"loss":1.5}""")]
    [InlineData("""{"trial":0,"loss":1.5,"status":"ok","loss_variance":0.1}""")]
    [InlineData("""{"trial":0,"loss":-1e300}""")]
    [InlineData("""{"trial":0,"loss":1e999}""")]
    [InlineData("""{"trial":0,"loss":NaN}""")]
    [InlineData("""{"trial":0,"loss":-Infinity}""")]
    [InlineData("""{"trial":0,"loss":"nan"}""")]
    [InlineData("""{"trial":0,"loss":"Infinity"}""")]
    [InlineData("""{"trial":0,"status":"fail"}""")]
    [InlineData("""{"trial":0,"status":"fail","loss":null}""")]
    public void A_result_is_accepted(string tell)
    {
        Answer(Opening);
        Answer("""{"ask":1}""");

        Assert.Equal("""{"ok":true}""", Answer($$"""{"tell":{{tell}}}"""));
    }

    [Fact]
    public void A_result_told_again_is_fine_and_another_one_is_not()
    {
        Answer(Opening);
        Answer("""{"ask":1}""");
        Answer("""{"tell":{"trial":0,"loss":1.5}}""");

        Assert.Equal("""{"ok":true}""", Answer("""{"tell":{"trial":0,"loss":1.50}}"""));
        Assert.Contains("a trial ends once", Error("""{"tell":{"trial":0,"loss":2}}"""), StringComparison.Ordinal);
        Assert.Contains(
            "a trial ends once",
            Error("""{"tell":{"trial":0,"status":"fail"}}"""),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("""{"ask":0}""", "$.ask")]
    [InlineData("""{"ask":-1}""", "$.ask")]
    [InlineData("""{"ask":1.5}""", "$.ask")]
    [InlineData("""{"ask":1e9}""", "$.ask")]
    [InlineData("""{"ask":"3"}""", "$.ask")]
    [InlineData("""{"ask":1,"for":"me"}""", "$.for")]
    [InlineData("""{"aks":1}""", "Did you mean 'ask'?")]
    [InlineData("""{"ask":1,"ask":2}""", "JSON")]
    [InlineData("""{"tell":{"trial":5,"loss":1}}""", "Asked were 0 to 0")]
    [InlineData("""{"tell":{"trial":-1,"loss":1}}""", "$.tell.trial")]
    [InlineData("""{"tell":{"loss":1}}""", "$.tell.trial")]
    [InlineData("""{"tell":{"trial":0}}""", "$.tell.loss")]
    [InlineData("""{"tell":{"trial":0,"loss":null}}""", "$.tell.loss")]
    [InlineData("""{"tell":{"trial":0,"loss":"small"}}""", "$.tell.loss")]
    [InlineData("""{"tell":{"trial":0,"los":1}}""", "Did you mean 'loss'?")]
    [InlineData("""{"tell":{"trial":0,"status":"failed"}}""", "Did you mean 'fail'?")]
    [InlineData("""{"tell":{"trial":0,"loss":1,"loss_variance":-1}}""", "$.tell.loss_variance")]
    [InlineData("""{"tell":3}""", "$.tell")]
    [InlineData("""{"space":{"x":{"uniform":[0,1]}}}""", "one space")]
    [InlineData("[1]", "object")]
    [InlineData("nonsense", "JSON")]
    [InlineData("{\"ask\":1", "JSON")]
    public void A_bad_line_is_answered_by_its_problem_and_changes_nothing(string line, string problem)
    {
        Answer(Opening);
        Answer("""{"ask":1}""");

        Assert.Contains(problem, Error(line), StringComparison.Ordinal);
        using var untouched = new AskTellSession(Suggesters.BuiltIn);
        Answer(untouched, Opening);
        Answer(untouched, """{"ask":1}""");
        Assert.Equal(Answer(untouched, """{"ask":2}"""), Answer("""{"ask":2}"""));
    }

    [Theory]
    [InlineData("""{"ask":1}""", "first line")]
    [InlineData("""{"algo":"tpe"}""", "$.space")]
    [InlineData("""{"space":{"x":{"unifrom":[0,1]}}}""", "uniform")]
    [InlineData("""{"space":{"x":{"uniform":[0,1]}},"algo":"tpee"}""", "tpe")]
    [InlineData("""{"space":{"x":{"uniform":[0,1]}},"seed":-1}""", "seed")]
    [InlineData("""{"space":{"x":{"uniform":[0,1]}},"sed":1}""", "Did you mean 'seed'?")]
    [InlineData("""{"space":{"x":{"uniform":[0,1e999]}}}""", "$.space.x")]
    public void After_a_bad_first_line_the_session_waits_for_a_good_one(string line, string problem)
    {
        Assert.Contains(problem, Error(line), StringComparison.Ordinal);
        Assert.Equal("", Answer(Opening));
        Assert.Single(Trials("""{"ask":1}"""));
    }

    [Fact]
    public void Deep_nesting_is_an_error_like_any_other() =>
        Assert.Contains("depth", Error(new string('[', 1000) + new string(']', 1000)), StringComparison.Ordinal);

    [Fact]
    public void Bytes_that_are_no_text_are_an_error_like_any_other() =>
        Assert.Contains(
            "UTF-8",
            Encoding.UTF8.GetString(_session.Answer(new byte[] { (byte)'"', 0xff, (byte)'"' }).Span),
            StringComparison.Ordinal
        );

    private JsonArray Trials(string line) => JsonNode.Parse(Answer(line))!["trials"]!.AsArray();

    private string Error(string line) => JsonSerializer.Deserialize<Dictionary<string, string>>(Answer(line))!["error"];

    private string Answer(string line) => Answer(_session, line);

    private static string Answer(AskTellSession session, string line) =>
        Encoding.UTF8.GetString(session.Answer(Encoding.UTF8.GetBytes(line)).Span);
}
