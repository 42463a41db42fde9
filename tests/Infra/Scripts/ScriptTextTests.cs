namespace FunctionTune.Infra.Tests.Scripts;

public sealed class ScriptTextTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Scripts { get; } =
    ["infra/deploy.sh", "infra/databricks.sh", "infra/entra.sh", ".ci/run"];

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task A_script_parses(string script)
    {
        Programs.NeedBash();

        Ended ended = await Programs.RunAsync("bash", ["-n", Repository.PathOf(script)], Cancel);

        Assert.True(ended.ExitCode == 0, ended.Errors);
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task A_script_gives_shellcheck_nothing_to_say(string script)
    {
        Assert.SkipUnless(Programs.OnPath("shellcheck"), "The scripts were not read by shellcheck: it is missing.");

        Ended ended = await Programs.RunAsync("shellcheck", [Repository.PathOf(script)], Cancel);

        Assert.True(ended.ExitCode == 0, ended.Output);
    }

    [Theory]
    [InlineData("deploy.sh")]
    [InlineData("databricks.sh")]
    [InlineData("entra.sh")]
    public async Task Help_is_there_without_a_login(string script)
    {
        Programs.NeedBash();

        Ended ended = await Programs.RunAsync("bash", [Repository.PathOf("infra", script), "--help"], Cancel);

        Assert.Equal(0, ended.ExitCode);
        Assert.Contains("--yes", ended.Output, StringComparison.Ordinal);
    }
}
