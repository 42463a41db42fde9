namespace FunctionTune.Testing.Spark;

/// <summary>A Spark installation that holds nothing but a stand-in for spark-submit. Gone after the test.</summary>
public sealed class SparkSubmitStandIn : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>An installation.</summary>
    public SparkSubmitStandIn()
    {
        using Stream script = typeof(SparkSubmitStandIn).Assembly.GetManifestResourceStream("spark-submit.py")!;
        Directory.CreateDirectory(_folder["bin"]);
        using (FileStream file = File.Create(Program))
        {
            script.CopyTo(file);
        }

        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>The folder of the installation, as SPARK_HOME has it.</summary>
    public string Home => _folder.Path;

    /// <summary>The full path of spark-submit.</summary>
    public string Program => _folder["bin/spark-submit"];

    /// <summary>The arguments of the last call.</summary>
    public string[] Arguments =>
        System.Text.Json.JsonSerializer.Deserialize<string[]>(File.ReadAllText(_folder["bin/arguments.json"]))!;

    /// <summary>Reads an environment in which Spark is installed here.</summary>
    /// <param name="name">The name of a variable.</param>
    public string? Variable(string name) =>
        string.Equals(name, "SPARK_HOME", StringComparison.Ordinal) ? Home : Environment.GetEnvironmentVariable(name);

    /// <summary>Removes the installation.</summary>
    public void Dispose() => _folder.Dispose();
}
