using FunctionTune.Local.Processes;

namespace FunctionTune.Local.Spark;

/// <summary>Finds spark-submit on this machine.</summary>
internal static class SparkSubmitProgram
{
    private const string Name = "spark-submit";
    private const string Home = "SPARK_HOME";

    /// <summary>The full path of spark-submit, or what is wrong.</summary>
    /// <param name="variable">Reads the environment.</param>
    public static (string? Path, Problem? Problem) Find(Func<string, string?> variable)
    {
        string? home = variable(Home);
        bool hasHome = !string.IsNullOrWhiteSpace(home);
        string? searched = hasHome ? Path.Join(home, "bin") : variable("PATH");
        return TrialCommand.OnPath(Name, searched) is { } found
            ? (Path.GetFullPath(found), null)
            : (null, NotThere(hasHome ? $"no {Name} in {searched} ({Home})" : $"no {Name} on PATH ({searched})"));
    }

    private static Problem NotThere(string found) =>
        new(
            SparkSubmitReader.Path,
            $"{Name} must be on this machine",
            found,
            $"Install Apache Spark and set {Home} to its folder, or put its bin folder on PATH."
        );
}
