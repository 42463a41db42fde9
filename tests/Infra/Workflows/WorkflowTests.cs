using System.Text.Json;
using System.Text.RegularExpressions;

namespace FunctionTune.Infra.Tests.Workflows;

public sealed partial class WorkflowTests : IAsyncLifetime
{
    private Dictionary<string, JsonElement> _workflows = [];

    private static string Folder => Repository.PathOf(".github", "workflows");

    public async ValueTask InitializeAsync()
    {
        Programs.NeedNode();
        string[] files =
        [
            .. Directory.EnumerateFiles(Folder, "*.yml").Order(StringComparer.Ordinal),
            Repository.PathOf("infra", "azure.yaml"),
        ];
        Ended ended = await Programs.RunAsync(
            "node",
            [Repository.PathOf("tests", "Infra", "Workflows", "yaml-to-json.mjs"), .. files],
            TestContext.Current.CancellationToken
        );
        Assert.True(ended.ExitCode == 0, ended.Errors);
        _workflows = files
            .Zip(JsonElement.Parse(ended.Output).EnumerateArray())
            .ToDictionary(each => Path.GetFileName(each.First), each => each.Second, StringComparer.Ordinal);
    }

    [Fact]
    public void Actions_are_named_by_the_hash_of_what_runs() =>
        Assert.All(
            Steps().Where(step => step.TryGetProperty("uses", out _)),
            step => Assert.Matches(Pinned(), step.GetProperty("uses").GetString()!)
        );

    [Fact]
    public void A_workflow_may_read_the_sources_and_only_the_deployment_may_log_in()
    {
        Assert.All(
            Jobs(),
            each => Assert.Equal("""{"contents":"read"}""", Text(each.Workflow.GetProperty("permissions")))
        );
        Assert.Equal(
            ["azure.yml/deploy"],
            Jobs()
                .Where(each =>
                    each.Job.TryGetProperty("permissions", out JsonElement asked)
                    && asked.TryGetProperty("id-token", out _)
                )
                .Select(each => each.Name)
        );
    }

    [Fact]
    public void Every_job_ends_by_itself() =>
        Assert.All(Jobs(), each => Assert.True(each.Job.TryGetProperty("timeout-minutes", out _), each.Name));

    // What somebody typed in or named a branch would become part of the script.
    [Fact]
    public void No_script_has_an_expression_in_it() =>
        Assert.All(
            Steps().Where(step => step.TryGetProperty("run", out _)),
            step => Assert.DoesNotContain("${{", step.GetProperty("run").GetString()!, StringComparison.Ordinal)
        );

    [Fact]
    public void Nobody_logs_in_with_a_secret() =>
        Assert.All(
            Directory.EnumerateFiles(Folder),
            file => Assert.DoesNotContain("secrets.", File.ReadAllText(file), StringComparison.Ordinal)
        );

    [Fact]
    public void What_is_run_or_checked_is_there()
    {
        string[] named =
        [
            .. Steps()
                .Where(step => step.TryGetProperty("run", out _))
                .SelectMany(step => Paths().Matches(step.GetProperty("run").GetString()!).Select(match => match.Value)),
        ];

        Assert.Contains("infra/deploy.sh", named);
        Assert.All(named, path => Assert.True(Path.Exists(Repository.PathOf(path)), path));
    }

    [Fact]
    public void The_developer_cli_finds_the_templates_and_the_app()
    {
        JsonElement azd = _workflows["azure.yaml"];
        string module = azd.GetProperty("infra").GetProperty("module").GetString()!;
        string project = azd.GetProperty("services").GetProperty("functions").GetProperty("project").GetString()!;

        Assert.True(File.Exists(Repository.PathOf("infra", $"{module}.bicepparam")));
        Assert.Equal(Repository.PathOf("src", "Functions"), Path.GetFullPath(project, Repository.PathOf("infra")));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private IEnumerable<(string Name, JsonElement Workflow, JsonElement Job)> Jobs() =>
        _workflows
            .Where(each => each.Value.TryGetProperty("jobs", out _))
            .SelectMany(each =>
                each.Value.GetProperty("jobs")
                    .EnumerateObject()
                    .Select(job => ($"{each.Key}/{job.Name}", each.Value, job.Value))
            );

    private IEnumerable<JsonElement> Steps() =>
        Jobs().SelectMany(each => each.Job.GetProperty("steps").EnumerateArray());

    private static string Text(JsonElement value) => JsonSerializer.Serialize(value);

    [GeneratedRegex("^[a-z-]+/[a-z-]+@[0-9a-f]{40}$", RegexOptions.NonBacktracking)]
    private static partial Regex Pinned();

    [GeneratedRegex(@"(\.ci|infra|tests)/[\w./-]+\w", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Paths();
}
