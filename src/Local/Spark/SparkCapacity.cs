using System.Globalization;
using System.Text.RegularExpressions;
using FunctionTune.Hosting;

namespace FunctionTune.Local.Spark;

/// <summary>How many trials spark-submit carries at once. Spark itself does not tell what a cluster bears.</summary>
internal static partial class SparkCapacity
{
    /// <summary>The capacity that the options mean.</summary>
    /// <param name="options">The options.</param>
    /// <param name="processors">The processors of this machine. Range: at least 1.</param>
    public static RunnerCapacity Of(SparkSubmitOptions options, int processors)
    {
        (int slots, string why) = Slots(options, processors);
        return new RunnerCapacity(Math.Min(slots, options.MaxParallelism ?? int.MaxValue), why, options.MaxParallelism);
    }

    private static (int Slots, string Why) Slots(SparkSubmitOptions options, int processors)
    {
        if (options.Slots is { } given)
        {
            return (given, "the study file says how many slots there are");
        }

        if (options.IsDistributed)
        {
            return (1, "a distributed trial uses all of the cluster: one at a time");
        }

        string master = options.Master ?? "the master of Spark's own configuration";
        if (!options.IsLocal)
        {
            return (1, $"spark-submit does not tell how many trials {master} bears: write slots, or parallelism");
        }

        return Threads().Match(master) is { Success: true } threads
                ? OfThisMachine(
                    int.Parse(threads.Groups["count"].Value, CultureInfo.InvariantCulture),
                    processors,
                    master
                )
            : master is "local" ? OfThisMachine(1, processors, master)
            : (1, $"a trial uses all processors of this machine ({master})");
    }

    private static (int Slots, string Why) OfThisMachine(int each, int processors, string master) =>
        (
            Math.Max(1, processors / Math.Max(1, each)),
            $"this machine has {processors} processors, and a trial uses {each} ({master})"
        );

    [GeneratedRegex(
        @"^local\[(?<count>[0-9]{1,6})(,[0-9]+)?\]$",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Threads();
}
