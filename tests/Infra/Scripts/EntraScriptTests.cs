using System.Text.Json;

namespace FunctionTune.Infra.Tests.Scripts;

public sealed class EntraScriptTests : IDisposable
{
    private readonly FakePrograms _fakes = new();

    public EntraScriptTests() => Programs.NeedBash();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_registration_is_made_with_a_scope_for_the_command_line_and_roles_for_the_caller()
    {
        _fakes
            .Answer("az", "ad\\ signed-in-user*", "me")
            .Answer("az", "ad\\ app\\ create*", "app-1")
            .Answer("az", "ad\\ app\\ show*", "object-1")
            .Answer("az", "ad\\ sp\\ create*", "sp-1")
            .Answer("az", "*");

        Ended ended = await _fakes.RunAsync("entra.sh", "--yes", Cancel);

        Assert.True(ended.ExitCode == 0, ended.Errors);
        Assert.Equal("app-1", ended.Output.TrimEnd().Split('\n')[^1]);
        Assert.Equal(
            3,
            _fakes.Calls.Count(call =>
                IsGrant(call) && call.Contains("\"principalId\":\"me\"", StringComparison.Ordinal)
            )
        );
        Assert.Contains(
            _fakes.Calls,
            call => call.Contains("requestedAccessTokenVersion\":2", StringComparison.Ordinal)
        );
        Assert.Contains(
            _fakes.Calls,
            call => call.Contains("appRoleAssignmentRequired=true", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task What_is_there_is_not_made_again()
    {
        _fakes.Answer("az", "*", "there");

        Ended ended = await _fakes.RunAsync("entra.sh", "--yes --grant team=study.read", Cancel);

        Assert.True(ended.ExitCode == 0, ended.Errors);
        Assert.DoesNotContain(
            _fakes.Calls,
            call => call.Contains(" create ", StringComparison.Ordinal) || IsGrant(call)
        );
    }

    [Theory]
    [InlineData("--grant me=study.rule --yes", "'study.rule' is no role")]
    [InlineData("", "nothing was changed")]
    public async Task Nothing_is_changed_for_a_role_that_there_is_not_or_without_consent(
        string arguments,
        string message
    )
    {
        _fakes.Answer("az", "*", "there");

        Ended ended = await _fakes.RunAsync("entra.sh", arguments, Cancel);

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains(message, ended.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(
            _fakes.Calls,
            call =>
                call.Contains("update", StringComparison.Ordinal) || call.Contains("create", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task The_script_grants_the_roles_of_the_table()
    {
        string script = await File.ReadAllTextAsync(Repository.PathOf("infra", "entra.sh"), Cancel);
        JsonElement roles = JsonElement.Parse(
            await File.ReadAllTextAsync(Repository.PathOf("infra", "app-roles.json"), Cancel)
        );

        Assert.Equal(
            ["study.read", "study.submit", "study.cancel"],
            roles.EnumerateArray().Select(role => role.GetProperty("value").GetString())
        );
        Assert.All(
            roles.EnumerateArray(),
            role =>
                Assert.Contains(
                    $"{role.GetProperty("value").GetString()}) echo {role.GetProperty("id").GetString()} ;;",
                    script,
                    StringComparison.Ordinal
                )
        );
    }

    public void Dispose() => _fakes.Dispose();

    private static bool IsGrant(string call) =>
        call.StartsWith("az rest --method post", StringComparison.Ordinal)
        && call.Contains("appRoleAssignedTo", StringComparison.Ordinal);
}
