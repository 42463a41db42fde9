namespace FunctionTune.Infra.Tests.Scripts;

public sealed class DatabricksScriptTests : IDisposable
{
    private const string Given = "--host https://adb-1.net --client-id app-1 --yes";

    private readonly FakePrograms _fakes = new();

    public DatabricksScriptTests() => Programs.NeedBash();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IEnumerable<string> Changes =>
        _fakes.Calls.Where(call =>
            call.StartsWith("az rest", StringComparison.Ordinal)
            && !call.Contains("--method get", StringComparison.Ordinal)
        );

    [Fact]
    public async Task A_new_workspace_learns_of_the_identity_and_its_policy()
    {
        _fakes
            .Answer("az", "*ServicePrincipals?filter*", "0")
            .Answer("az", "*policies/clusters/create*", "p-1")
            .Answer("az", "*");

        Ended ended = await _fakes.RunAsync("databricks.sh", $"{Given} --cluster c-1", Cancel);

        Assert.True(ended.ExitCode == 0, ended.Errors);
        Assert.Collection(
            Changes,
            call => Has(call, "ServicePrincipals", "\"applicationId\":\"app-1\""),
            call => Has(call, "policies/clusters/create", "\\\"cluster_type\\\": { \\\"type\\\": \\\"allowlist\\\""),
            call =>
                Has(
                    call,
                    "permissions/cluster-policies/p-1",
                    "\"service_principal_name\":\"app-1\",\"permission_level\":\"CAN_USE\""
                ),
            call => Has(call, "permissions/clusters/c-1", "CAN_RESTART")
        );
        Assert.All(
            Changes,
            call => Has(call, "--resource 2ff814a6-3304-4ab8-85cb-cd0e6f879c1d", "--url https://adb-1.net/api/")
        );
    }

    [Fact]
    public async Task The_second_time_nothing_is_made_twice()
    {
        _fakes
            .Answer("az", "*ServicePrincipals?filter*", "1")
            .Answer("az", "*policies/clusters/list*", "p-7")
            .Answer("az", "*");

        Ended ended = await _fakes.RunAsync("databricks.sh", Given, Cancel);

        Assert.True(ended.ExitCode == 0, ended.Errors);
        Assert.Collection(
            Changes,
            call => Has(call, "policies/clusters/edit", "\"policy_id\":\"p-7\""),
            call => Has(call, "permissions/cluster-policies/p-7", "CAN_USE")
        );
    }

    [Theory]
    [InlineData("", 2)]
    [InlineData("there", 0)]
    public async Task A_volume_is_made_when_it_is_missing_and_the_identity_may_use_it(string found, int made)
    {
        _fakes
            .Answer("az", "*ServicePrincipals?filter*", "1")
            .Answer("az", "*--method\\ get*unity-catalog*", found)
            .Answer("az", "*", "p-1");

        Ended ended = await _fakes.RunAsync("databricks.sh", $"{Given} --volume main.functiontune.studies", Cancel);

        Assert.True(ended.ExitCode == 0, ended.Errors);
        Assert.Equal(
            made,
            Changes.Count(call =>
                call.Contains("--method post", StringComparison.Ordinal)
                && call.Contains("unity-catalog", StringComparison.Ordinal)
            )
        );
        Assert.Contains(
            Changes,
            call =>
                call.Contains("permissions/volume/main.functiontune.studies", StringComparison.Ordinal)
                && call.Contains("\"add\":[\"READ_VOLUME\",\"WRITE_VOLUME\"]", StringComparison.Ordinal)
        );
        Assert.Contains(
            "FUNCTIONTUNE_DATABRICKS_STAGING=/Volumes/main/functiontune/studies",
            ended.Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_deployment_tells_of_workspace_and_identity()
    {
        _fakes
            .Answer("az", "*outputs.databricksHost*", "https://adb-9.net")
            .Answer("az", "*outputs.identityClientId*", "app-9")
            .Answer("az", "*", "1");

        Ended ended = await _fakes.RunAsync("databricks.sh", "--group ft --yes", Cancel);

        Assert.True(ended.ExitCode == 0, ended.Errors);
        Assert.Contains(
            Changes,
            call =>
                call.Contains("https://adb-9.net/api/2.0/permissions", StringComparison.Ordinal)
                && call.Contains("app-9", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_token_for_a_workspace_that_does_not_know_the_caller_stands_in_no_command_line()
    {
        _fakes.Answer("az", "account\\ get-access-token*", "eyJ-secret").Answer("az", "*", "1");

        Ended ended = await _fakes.RunAsync("databricks.sh", $"{Given} --workspace-id /subscriptions/s/w", Cancel);

        Assert.True(ended.ExitCode == 0, ended.Errors);
        Assert.Contains(Changes, call => call.Contains("--headers @", StringComparison.Ordinal));
        Assert.DoesNotContain(_fakes.Calls, call => call.Contains("eyJ-secret", StringComparison.Ordinal));
        Assert.DoesNotContain("eyJ-secret", ended.Output + ended.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--host https://adb-1.net --client-id app-1")]
    [InlineData("--host http://adb-1.net --client-id app-1 --yes")]
    [InlineData("--client-id app-1 --yes")]
    [InlineData("--host https://adb-1.net --yes")]
    [InlineData("--host https://adb-1.net --client-id app-1 --yes --volume main.studies")]
    [InlineData("--host")]
    public async Task Nothing_is_changed_without_consent_or_without_knowing_where(string arguments)
    {
        _fakes.Answer("az", "*");

        Ended ended = await _fakes.RunAsync("databricks.sh", arguments, Cancel);

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("databricks: ", ended.Errors, StringComparison.Ordinal);
        Assert.Empty(Changes);
    }

    public void Dispose() => _fakes.Dispose();

    private static void Has(string call, params string[] parts) =>
        Assert.All(parts, part => Assert.Contains(part, call, StringComparison.Ordinal));
}
