using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionTune.Hosting;
using FunctionTune.Local.Stores;
using FunctionTune.Service.Rules;
using FunctionTune.Service.Simulation;
using FunctionTune.Studies;
using FunctionTune.Testing;

namespace FunctionTune.Service.Tests.Rules;

/// <summary>What a host that several share lets nobody ask for.</summary>
public sealed class StudyRulesTests : IDisposable
{
    private static readonly HostRules s_shared = new()
    {
        MaxEvals = 1000,
        Parallelism = 128,
        MaxAttempts = 5,
        TrialTimeout = TimeSpan.FromHours(1),
        Platforms = ["simulated"],
        LocalFiles = false,
        StagingPlaces = ["abfss://studies@account.dfs.core.windows.net/area"],
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("""{"maxEvals":1001}""", "$.maxEvals")]
    [InlineData("""{"maxEvals":null,"timeout":60}""", "$.maxEvals")]
    [InlineData("""{"parallelism":129}""", "$.parallelism")]
    [InlineData("""{"maxAttempts":6}""", "$.maxAttempts")]
    [InlineData(
        """{"parallelism":"auto","trial":{"simulated":{"seconds":1,"maxParallelism":129},"timeout":60}}""",
        "$.trial.simulated.maxParallelism"
    )]
    [InlineData("""{"trial":{"simulated":{"seconds":1}}}""", "$.trial.timeout")]
    [InlineData("""{"trial":{"simulated":{"seconds":1},"timeout":3601}}""", "$.trial.timeout")]
    [InlineData("""{"trial":{"process":{"command":["sh"]},"timeout":60}}""", "$.trial")]
    [InlineData("""{"trial":{"sparkSubmit":{"file":"a.py"},"timeout":60}}""", "$.trial")]
    [InlineData("""{"trial":{"inProcess":{},"timeout":60}}""", "$.trial")]
    [InlineData("""{"trial":{"simulated":{"seconds":1,"staged":{}},"timeout":60}}""", "$.trial.simulated.staged")]
    [InlineData("""{"earlyStop":{"custom":true}}""", "$.earlyStop.custom")]
    [InlineData("""{"algo":"best"}""", "$.algo")]
    [InlineData("""{"baseFolder":"/etc"}""", "$.baseFolder")]
    [InlineData("""{"data":{"d":"/etc/passwd"}}""", "$.data.d")]
    [InlineData("""{"data":{"d":"../secrets"}}""", "$.data.d")]
    [InlineData("""{"data":{"d":"a/../../b"}}""", "$.data.d")]
    [InlineData("""{"data":{"d":"a/%2e%2e/b"}}""", "$.data.d")]
    [InlineData("""{"data":{"d":"a\\..\\b"}}""", "$.data.d")]
    [InlineData("""{"data":{"d":"a//b"}}""", "$.data.d")]
    [InlineData("""{"data":{"d":"*.csv"}}""", "$.data.d")]
    [InlineData("""{"data":{"d":"file:///etc/passwd"}}""", "$.data.d")]
    [InlineData("""{"data":{"d":"C:\\x"}}""", "$.data.d")]
    [InlineData("""{"data":{"d":{"uri":"abfss://c@a.dfs.core.windows.net/x","manifest":"m"}}}""", "$.data.d")]
    [InlineData("""{"staging":"abfss://other@account.dfs.core.windows.net/area"}""", "$.staging")]
    [InlineData("""{"staging":"abfss://studies@account.dfs.core.windows.net/area2"}""", "$.staging")]
    [InlineData("""{"staging":"abfss://studies@account.dfs.core.windows.net/area/../x"}""", "$.staging")]
    [InlineData("""{"staging":"abfss://studies@account.dfs.core.windows.net/area/%2e%2e/x"}""", "$.staging")]
    [InlineData("""{"staging":"/Volumes/main/x/y"}""", "$.staging")]
    public void A_shared_host_refuses(string change, string path) =>
        Assert.Equal(
            [path],
            Read(change, s_shared).Problems.Select(problem => problem.Path).Distinct(StringComparer.Ordinal)
        );

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"maxEvals":1000,"parallelism":128}""")]
    [InlineData("""{"data":{"d":"train/part-1.csv","e":"https://example.org/x.csv","f":"/Volumes/m/s/v/x"}}""")]
    [InlineData("""{"staging":"abfss://studies@account.dfs.core.windows.net/area/team"}""")]
    [InlineData("""{"staging":"abfss://studies@account.dfs.core.windows.net/area/"}""")]
    public void A_shared_host_takes(string change) => Assert.Empty(Read(change, s_shared).Problems);

    [Theory]
    [InlineData("""{"maxEvals":1000000,"parallelism":5000,"baseFolder":"/tmp","data":{"d":"/etc/hosts"}}""")]
    [InlineData("""{"staging":"/mnt/anything"}""")]
    public void A_host_of_its_own_user_takes(string change) => Assert.Empty(Read(change, new HostRules()).Problems);

    [Fact]
    public void New_limits_keep_to_the_ceilings()
    {
        Assert.Empty(Rules(s_shared).Check(new LimitsChange { MaxEvals = 1000, Parallelism = 3 }));
        Assert.Equal(
            ["$.maxEvals", "$.parallelism"],
            Rules(s_shared).Check(new LimitsChange { MaxEvals = 1001, Parallelism = 500 }).Select(p => p.Path)
        );
    }

    [Fact]
    public void A_parallelism_that_follows_the_cluster_keeps_to_the_ceiling()
    {
        const string Auto = """{"parallelism":"auto"}""";
        HostRules narrow = s_shared with { Parallelism = 16 };

        Assert.Empty(Read(Auto, s_shared).Problems);
        Assert.Equal(["$.trial.simulated.maxParallelism"], Read(Auto, narrow).Problems.Select(p => p.Path));
        Assert.Single(Rules(narrow).Check(new LimitsChange { AutoParallelism = true }));
        Assert.Empty(Rules(s_shared).Check(new LimitsChange { AutoParallelism = true }));
    }

    private StudySpecReading Read(string change, HostRules host)
    {
        var file = JsonNode
            .Parse(
                """{"space":{"x":{"uniform":[0,1]}},"maxEvals":10,"trial":{"simulated":{"seconds":1},"timeout":60}}"""
            )!
            .AsObject();
        foreach ((string key, JsonNode? value) in JsonNode.Parse(change)!.AsObject())
        {
            file[key] = value?.DeepClone();
        }

        return Rules(host).Read(JsonSerializer.SerializeToElement(file));
    }

    private StudyRules Rules(HostRules host) =>
        new(
            new TrialPlatforms(new FolderStagingArea(_folder.Path), [new SimulatedPlatform()]),
            host,
            Suggesters.BuiltIn
        );
}
