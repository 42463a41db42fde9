using FunctionTune.Hosting;

namespace FunctionTune.Remote.Livy;

/// <summary>How many trials a Livy server carries at once: Livy itself does not tell.</summary>
internal static class LivyCapacity
{
    /// <summary>The capacity that the options mean.</summary>
    public static RunnerCapacity Of(LivyOptions options)
    {
        (int jobs, string why) =
            options.Slots is { } given ? (given, "the study file says how many slots there are")
            : options.IsDistributed ? (1, "a distributed trial uses all of the cluster: one at a time")
            : (1, "Livy does not tell how many trials its cluster bears: write slots, or parallelism");
        string batched = options.TrialsPerRun > 1 ? $", {options.TrialsPerRun} trials in each" : "";
        int slots = (int)Math.Min((long)jobs * options.TrialsPerRun, options.MaxParallelism);
        return new RunnerCapacity(slots, why + batched, options.MaxParallelism);
    }
}
