using System.Collections.Immutable;

namespace FunctionTune.DatabricksEmulator.Tasks;

/// <summary>How the arguments of spark-submit are run: options are read and left, then the file, then its arguments.</summary>
internal sealed class SparkSubmitLaunch(PathMap paths, string python)
{
    private static readonly string[] s_flags = ["--verbose", "-v", "--supervise"];

    public Launch Of(SubmittedTask task, Libraries libraries, string folder)
    {
        ImmutableArray<string> arguments = task.Parameters;
        string? main = null;
        int at = 0;
        for (; at < arguments.Length && arguments[at].StartsWith('-'); at++)
        {
            if (!s_flags.Contains(arguments[at], StringComparer.Ordinal))
            {
                at++;
                main = arguments[at - 1] is "--class" && at < arguments.Length ? arguments[at] : main;
            }
        }

        if (at >= arguments.Length)
        {
            throw new RefusedTaskException("INVALID_RUN_CONFIGURATION", "spark-submit needs a file to run.");
        }

        string file = paths.FindFile(arguments[at]) ?? throw RefusedTaskException.NoFile(arguments[at]);
        ImmutableArray<string> rest = arguments[(at + 1)..];
        return main is null
            ? new([python, file, .. rest])
            : new JavaLaunch(paths).Class(main, [.. libraries.Jars, file], rest, folder);
    }
}
