namespace FunctionTune.Infra.Tests.Scripts;

public sealed class DeployScriptTests : IDisposable
{
    private readonly FakePrograms _fakes = new();

    public DeployScriptTests() => Programs.NeedBash();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_deployment_looks_changes_publishes_and_sees_a_stranger_refused()
    {
        Azure().Answer("curl", "*", "401");

        Ended ended = await _fakes.RunAsync("deploy.sh", "--group ft --yes", Cancel);

        Assert.True(ended.ExitCode == 0, ended.Errors);
        Assert.Equal(
            [
                "az account show --output none",
                "az account show --query name --output tsv",
                "az ad signed-in-user show --query id --output tsv",
                "az group exists --name ft",
                $"az deployment group what-if --resource-group ft --name functiontune --parameters {Parameters("dev")}",
                $"az deployment group create --resource-group ft --name functiontune --parameters {Parameters("dev")} --output none",
            ],
            _fakes.Calls.Where(call => call.StartsWith("az ", StringComparison.Ordinal)).Take(6)
        );
        Assert.Contains(
            _fakes.Calls,
            call =>
                call.StartsWith(
                    "az functionapp deployment source config-zip --resource-group ft --name func-x --src ",
                    StringComparison.Ordinal
                ) && call.Contains("app.zip", StringComparison.Ordinal)
        );
        Assert.Contains(
            _fakes.Calls,
            call => call.EndsWith("https://func-x.net/api/studies", StringComparison.Ordinal)
        );
        Assert.Contains("A stranger is refused", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_app_that_begins_slowly_is_waited_for()
    {
        Azure()
            .Do("curl", "*", "echo >>\"$0.tries\"; [ $(wc -l <\"$0.tries\") = 3 ] && printf 403 || printf 503; exit 0");

        Ended ended = await _fakes.RunAsync("deploy.sh", "--group ft --yes --app-only", Cancel);

        Assert.True(ended.ExitCode == 0, ended.Errors);
        Assert.DoesNotContain(_fakes.Calls, call => call.Contains("deployment group create", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("200", "ANYBODY MAY CALL")]
    [InlineData("503", "does not answer as it should (HTTP 503)")]
    public async Task An_app_that_lets_strangers_in_or_does_not_answer_is_a_failure(string status, string message)
    {
        Azure().Answer("curl", "*", status);

        Ended ended = await _fakes.RunAsync("deploy.sh", "--group ft --yes", Cancel);

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains(message, ended.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--group ft", 1)]
    [InlineData("--group ft --what-if", 0)]
    public async Task Nothing_is_changed_before_somebody_agrees(string arguments, int exitCode)
    {
        Azure().Answer("curl", "*", "401");

        Ended ended = await _fakes.RunAsync("deploy.sh", arguments, Cancel);

        Assert.Equal(exitCode, ended.ExitCode);
        Assert.Contains(_fakes.Calls, call => call.Contains("what-if", StringComparison.Ordinal));
        Assert.DoesNotContain(_fakes.Calls, call => call.Contains(" create", StringComparison.Ordinal));
        Assert.DoesNotContain(_fakes.Calls, call => call.StartsWith("dotnet", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_group_that_is_missing_is_made_where_the_caller_says()
    {
        _fakes.Answer("az", "group\\ exists*", "false");
        Azure().Answer("curl", "*", "401");

        Ended without = await _fakes.RunAsync("deploy.sh", "--group ft --yes", Cancel);
        Ended with = await _fakes.RunAsync(
            "deploy.sh",
            "--group ft --yes --location westeurope --parameters prod",
            Cancel
        );

        Assert.Equal(1, without.ExitCode);
        Assert.Contains("--location", without.Errors, StringComparison.Ordinal);
        Assert.True(with.ExitCode == 0, with.Errors);
        Assert.Contains("az group create --name ft --location westeurope --output none", _fakes.Calls);
        Assert.Contains(_fakes.Calls, call => call.Contains(Parameters("prod"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_is_not_logged_in_is_told_how()
    {
        _fakes.Answer("az", "account\\ show*", exitCode: 1);
        Azure();

        Ended ended = await _fakes.RunAsync("deploy.sh", "--group ft --yes", Cancel);

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("az login", ended.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("--group")]
    [InlineData("--group ft --parameters nowhere")]
    [InlineData("--group ft --fast")]
    public async Task A_wrong_call_does_nothing(string arguments)
    {
        Azure();

        Ended ended = await _fakes.RunAsync("deploy.sh", arguments, Cancel);

        Assert.Equal(1, ended.ExitCode);
        Assert.StartsWith("deploy: ", ended.Errors, StringComparison.Ordinal);
        Assert.Empty(_fakes.Calls);
    }

    public void Dispose() => _fakes.Dispose();

    private static string Parameters(string name) => Repository.PathOf("infra", $"{name}.bicepparam");

    private FakePrograms Azure() =>
        _fakes
            .Answer("az", "account\\ show\\ --query*", "subscription")
            .Answer("az", "ad\\ signed-in-user*", "me")
            .Answer("az", "group\\ exists*", "true")
            .Answer("az", "*outputs.appName*", "func-x")
            .Answer("az", "*outputs.appUrl*", "https://func-x.net")
            .Answer("az", "*outputs*", "https://somewhere")
            .Do("dotnet", "publish*", "mkdir -p \"${@: -1}\"")
            .Answer("zip", "*");
}
