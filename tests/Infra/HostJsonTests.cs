using System.Text.Json;
using System.Text.RegularExpressions;
using FunctionTune.Infra.Tests.Syntax;

namespace FunctionTune.Infra.Tests;

/// <summary>The file <c>host.json</c> at the top, and the templates that set what it refers to.</summary>
public sealed partial class HostJsonTests
{
    private static string Text => File.ReadAllText(Repository.PathOf("host.json"));

    private static JsonElement Durable => JsonElement.Parse(Text).GetProperty("extensions").GetProperty("durableTask");

    [Fact]
    public async Task Every_setting_that_it_refers_to_is_set_by_the_templates()
    {
        Programs.NeedNode();
        BicepFolder folder = await BicepFolder.ReadAsync(
            Repository.PathOf("infra"),
            TestContext.Current.CancellationToken
        );
        string[] keys =
        [
            .. folder
                .Files.SelectMany(file => file.Root.All())
                .SelectMany(node => node.Properties())
                .Select(each => each.Key.Plain),
        ];
        string connection = Durable.GetProperty("storageProvider").GetProperty("connectionName").GetString()!;

        Assert.All(
            Settings().Matches(Text).Select(match => match.Groups["name"].Value),
            name => Assert.Contains(name, keys)
        );
        Assert.All(
            ["credential", "clientId", "blobServiceUri", "queueServiceUri", "tableServiceUri"],
            part => Assert.Contains($"{connection}__{part}", keys)
        );
    }

    [Fact]
    public void New_versions_take_up_what_older_ones_began_and_older_ones_leave_the_new_alone()
    {
        Assert.Matches("^[0-9]+\\.[0-9]+\\.[0-9]+$", Durable.GetProperty("defaultVersion").GetString()!);
        Assert.Equal("CurrentOrOlder", Durable.GetProperty("versionMatchStrategy").GetString());
        Assert.Equal("Reject", Durable.GetProperty("versionFailureStrategy").GetString());
    }

    [Fact]
    public void Inputs_of_orchestrations_are_neither_kept_nor_traced()
    {
        Assert.False(Durable.GetProperty("storeInputsInOrchestrationHistory").GetBoolean());
        Assert.False(
            Durable.GetProperty("tracing").TryGetProperty("traceInputsAndOutputs", out JsonElement traced)
                && traced.GetBoolean()
        );
    }

    [GeneratedRegex("%(?<name>[A-Za-z_]+)%", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Settings();
}
