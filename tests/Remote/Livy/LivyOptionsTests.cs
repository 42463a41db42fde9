using System.Text.Json;
using FunctionTune.Remote.Livy;

namespace FunctionTune.Remote.Tests.Livy;

public sealed class LivyOptionsTests
{
    [Theory]
    [InlineData("https://livy.example.com", true)]
    [InlineData("https://gateway.example.com:8443/gateway/default/livy/v1", true)]
    [InlineData("http://livy:8998", true)]
    [InlineData("http://localhost:8998", true)]
    [InlineData("http://127.0.0.1:8998", true)]
    [InlineData("http://[::1]:8998", true)]
    [InlineData("http://10.1.2.3:8998", true)]
    [InlineData("http://172.31.0.1", true)]
    [InlineData("http://192.168.0.1", true)]
    [InlineData("http://[fd00::1]:8998", true)]
    [InlineData("http://livy.default.svc.cluster.local:8998", true)]
    [InlineData("http://livy.corp.internal:8998", true)]
    [InlineData("http://172.32.0.1", false)]
    [InlineData("http://8.8.8.8:8998", false)]
    [InlineData("http://0.0.0.0:8998", false)]
    [InlineData("http://2130706434.example.com", false)]
    [InlineData("http://livy.example.com:8998", false)]
    [InlineData("http://[2001:db8::1]:8998", false)]
    [InlineData("ftp://livy:8998", false)]
    [InlineData("livy:8998", false)]
    [InlineData("https://user:secret@livy.example.com", false)]
    [InlineData("https://livy.example.com/?doAs=root", false)]
    [InlineData("", false)]
    public void An_address_is_encrypted_or_private(string url, bool isGood)
    {
        (Uri? address, Problem? problem) = LivyAddress.Read(url, "$.trial.livy.url");

        Assert.Equal(isGood, address is not null);
        Assert.Equal(isGood, problem is null);
        Assert.DoesNotContain("secret", problem?.ToString() ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "file": "a.py" }""", "$.trial.livy.url")]
    [InlineData("""{ "url": "http://l" }""", "$.trial.livy.file")]
    [InlineData("""{ "url": "http://l", "file": "a.py", "className": "C" }""", "$.trial.livy.className")]
    [InlineData("""{ "url": "http://l", "file": "/a.jar" }""", "$.trial.livy.className")]
    [InlineData("""{ "url": "http://l", "file": "a.jar", "className": "C" }""", "$.trial.livy.file")]
    [InlineData(
        """{ "url": "http://l", "file": "/a.jar", "className": "C", "objective": "f" }""",
        "$.trial.livy.objective"
    )]
    [InlineData("""{ "url": "http://l", "file": "a.py", "password": "x" }""", "$.trial.livy.password")]
    [InlineData("""{ "url": "http://l", "file": "a.py", "pyFiles": ["b.py"] }""", "$.trial.livy.pyFiles")]
    [InlineData("""{ "url": "http://l", "file": "a.py", "jars": ["b.jar"] }""", "$.trial.livy.jars")]
    [InlineData("""{ "url": "http://l", "file": "a.py", "driverMemory": "lots" }""", "$.trial.livy.driverMemory")]
    [InlineData("""{ "url": "http://l", "file": "a.py", "numExecutors": 0 }""", "$.trial.livy.numExecutors")]
    [InlineData("""{ "url": "http://l", "file": "a.py", "conf": { "x": "y" } }""", "$.trial.livy.conf")]
    [InlineData("""{ "url": "http://l", "file": "a.py", "trialsPerRun": 0 }""", "$.trial.livy.trialsPerRun")]
    [InlineData("""{ "url": "http://l", "file": "a.py", "maxParallelism": 5000 }""", "$.trial.livy.maxParallelism")]
    [InlineData("""{ "url": "http://l", "file": "a.py", "mode": "many" }""", "$.trial.livy.mode")]
    [InlineData("""{ "url": "http://l", "file": "a.py", "executors": 2 }""", "$.trial.livy.executors")]
    public void What_is_wrong_is_said_with_its_place(string options, string path)
    {
        (LivyOptions? read, IReadOnlyList<Problem> problems) = LivyOptionsReader.Read(
            JsonElement.Parse(options),
            _ => null
        );

        Assert.Null(read);
        Assert.Contains(path, problems.Select(problem => problem.Path));
    }

    [Theory]
    [InlineData("""{ "url": "http://l", "file": "a.py" }""", 1)]
    [InlineData("""{ "url": "http://l", "file": "a.py", "slots": 6 }""", 6)]
    [InlineData("""{ "url": "http://l", "file": "a.py", "slots": 6, "maxParallelism": 4 }""", 4)]
    [InlineData("""{ "url": "http://l", "file": "a.py", "slots": 6, "trialsPerRun": 5 }""", 30)]
    [InlineData("""{ "url": "http://l", "file": "a.py", "mode": "distributed" }""", 1)]
    public void Automatic_parallelism_is_what_the_file_says(string options, int slots)
    {
        (LivyOptions? read, _) = LivyOptionsReader.Read(JsonElement.Parse(options), _ => null);

        Assert.Equal(slots, LivyCapacity.Of(read!).Slots);
    }

    [Fact]
    public void The_server_may_be_named_by_the_environment()
    {
        (LivyOptions? read, _) = LivyOptionsReader.Read(
            JsonElement.Parse("""{ "file": "a.py" }"""),
            name => name is "LIVY_URL" ? "http://livy:8998" : null
        );

        Assert.Equal(new Uri("http://livy:8998/"), read!.Url);
    }
}
