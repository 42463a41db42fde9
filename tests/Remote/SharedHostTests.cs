using System.Text.Json;
using FunctionTune.Hosting;
using FunctionTune.Remote.Databricks;
using FunctionTune.Remote.Livy;
using FunctionTune.Studies;
using FunctionTune.Testing.Studies;

namespace FunctionTune.Remote.Tests;

/// <summary>A host that runs studies of others decides itself whom it calls with its token, and shows none of its files.</summary>
public sealed class SharedHostTests
{
    private static readonly DatabricksPlatform s_databricks = new(
        _ => null,
        new DatabricksPlatformOptions
        {
            Variable = name => name is "DATABRICKS_HOST" ? "adb-1.2.azuredatabricks.net" : null,
            Workspaces = [new Uri("https://adb-1.2.azuredatabricks.net")],
            LocalFiles = false,
        }
    );

    private static readonly LivyPlatform s_livy = new(
        _ => null,
        new LivyPlatformOptions
        {
            Variable = _ => null,
            Servers = [new Uri("https://livy.example.com/gateway/livy")],
            LocalFiles = false,
        }
    );

    [Theory]
    [InlineData("""{"task":{"notebook":{"path":"/Workspace/x"} } }""", null)]
    [InlineData(
        """{"host":"https://adb-1.2.azuredatabricks.net/","task":{"notebook":{"path":"/Workspace/x"} } }""",
        null
    )]
    [InlineData("""{"host":"ADB-1.2.azuredatabricks.net:443","task":{"notebook":{"path":"/Workspace/x"} } }""", null)]
    [InlineData(
        """{"host":"https://adb-1.3.azuredatabricks.net","task":{"notebook":{"path":"/Workspace/x"} } }""",
        "host"
    )]
    [InlineData(
        """{"host":"https://adb-1.2.azuredatabricks.net.evil.example","task":{"notebook":{"path":"/W/x"} } }""",
        "host"
    )]
    [InlineData(
        """{"host":"https://adb-1.2.azuredatabricks.net:8443","task":{"notebook":{"path":"/W/x"} } }""",
        "host"
    )]
    [InlineData(
        """{"host":"https://adb-1.2.azuredatabricks.net@evil.example","task":{"notebook":{"path":"/W/x"} } }""",
        "host"
    )]
    [InlineData("""{"host":"http://127.0.0.1","task":{"notebook":{"path":"/Workspace/x"} } }""", "host")]
    [InlineData("""{"task":{"python":{"file":"train.py"} } }""", "task.python.file")]
    [InlineData("""{"task":{"python":{"file":"../../etc/passwd"} } }""", "task.python.file")]
    public void Of_workspaces_a_study_names_those_of_the_host(string options, string? path) =>
        AssertPath(s_databricks, options.Insert(1, "\"cluster\":{\"existing\":\"c\"},"), path);

    [Theory]
    [InlineData("""{"url":"https://livy.example.com/gateway/livy","file":"hdfs:///a.py"}""", null)]
    [InlineData("""{"url":"https://evil.example.com/gateway/livy","file":"hdfs:///a.py"}""", "url")]
    [InlineData("""{"url":"http://169.254.169.254","file":"hdfs:///a.py"}""", "url")]
    [InlineData("""{"url":"http://127.0.0.1:8998","file":"/a.py"}""", "url")]
    [InlineData("""{"url":"https://livy.example.com/gateway/livy","file":"a.py"}""", "file")]
    public void Of_livy_servers_a_study_names_those_of_the_host(string options, string? path) =>
        AssertPath(s_livy, options, path);

    private static void AssertPath(ITrialPlatform platform, string options, string? path)
    {
        StudySpec spec = StudySpecs.Of(new StudyLimits { MaxEvals = 1 }) with
        {
            Trial = new TrialSpec.Remote(platform.Name, JsonElement.Parse(options)),
            Staging = new StagingSpec("abfss://c@a.dfs.core.windows.net/x"),
        };

        Assert.Equal(
            path is null ? [] : [$"$.trial.{platform.Name}.{path}"],
            platform.Check(platform.Complete(spec)).Select(problem => problem.Path).Distinct(StringComparer.Ordinal)
        );
    }
}
