using FunctionTune.Remote.Databricks.Answers;

namespace FunctionTune.Remote.Databricks;

/// <summary>Which of many runs have not ended, by few calls: a list tells of 24 runs at once.</summary>
/// <param name="client">The workspace.</param>
/// <param name="since">When the oldest run can have started.</param>
internal sealed class ActiveRuns(DatabricksClient client, DateTimeOffset since)
{
    /// <summary>How many looks go without a list when lists were of no use.</summary>
    private const int Pause = 20;

    private int _pause;

    /// <summary>The runs of a list that are known to go on; what is not among them may have ended, or not.</summary>
    public async Task<HashSet<long>> OfAsync(IReadOnlyList<long> runs, CancellationToken cancellationToken)
    {
        var active = new HashSet<long>();
        if (runs.Count < 2 || Interlocked.Decrement(ref _pause) >= 0)
        {
            return active;
        }

        var wanted = runs.ToHashSet();
        string? page = null;
        // More pages than runs would cost more than to ask for each: others have many runs under way.
        for (int asked = 0; asked < runs.Count; asked++)
        {
            RunPage found = await client
                .ListActiveAsync(since, page, withTasks: false, cancellationToken)
                .ConfigureAwait(false);
            active.UnionWith(found.Runs.Where(run => !run.HasEnded).Select(run => run.RunId).Where(wanted.Contains));
            page = found.Next;
            if (page is null || active.Count == wanted.Count)
            {
                Interlocked.Exchange(ref _pause, 0);
                return active;
            }
        }

        Interlocked.Exchange(ref _pause, Pause);
        return active;
    }
}
