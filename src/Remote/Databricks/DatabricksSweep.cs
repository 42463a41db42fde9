using System.Text.Json;
using FunctionTune.Remote.Databricks.Answers;
using FunctionTune.Remote.Http;
using FunctionTune.Studies;

namespace FunctionTune.Remote.Databricks;

/// <summary>
/// Ends the runs of studies that go on though their study is over. A run is a study's when its name says so and its trial file
/// lies in the study's staging area: others may have a study of the same id on the workspace.
/// </summary>
/// <param name="client">The workspace.</param>
/// <param name="placeOf">Where a trial finds a file of the staging area.</param>
/// <param name="time">The clock.</param>
internal sealed class DatabricksSweep(DatabricksClient client, Func<string, string> placeOf, TimeProvider time)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    /// <summary>Ends the runs of a study, and follows them to their ends.</summary>
    public Task RunAsync(StudyId study, CancellationToken cancellationToken) =>
        RunAsync((id, _) => Task.FromResult(id == study), cancellationToken);

    /// <summary>Ends the runs of all studies of the area that are over, and follows them to their ends.</summary>
    /// <param name="isOver">Whether a study is over.</param>
    /// <param name="cancellationToken">Ends the sweep.</param>
    public async Task RunAsync(Func<StudyId, CancellationToken, Task<bool>> isOver, CancellationToken cancellationToken)
    {
        var asked = new HashSet<long>();
        long begun = time.GetTimestamp();
        while (true)
        {
            List<long> left = await LeftAsync(isOver, cancellationToken).ConfigureAwait(false);
            foreach (long run in left.Where(asked.Add))
            {
                await CancelAsync(run, cancellationToken).ConfigureAwait(false);
            }

            // What was asked to end and takes its time is left to Databricks.
            if (left.Count == 0 || time.GetElapsedTime(begun) > s_patience)
            {
                return;
            }

            await Task.Delay(s_interval, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task CancelAsync(long run, CancellationToken cancellationToken)
    {
        try
        {
            await client.CancelAsync(run, cancellationToken).ConfigureAwait(false);
        }
        catch (ServiceException fault) when (fault.Kind is Refusal.NotFound or Refusal.Invalid or Refusal.Conflict)
        {
            // It ended meanwhile.
        }
    }

    private async Task<List<long>> LeftAsync(
        Func<StudyId, CancellationToken, Task<bool>> isOver,
        CancellationToken cancellationToken
    )
    {
        var known = new Dictionary<StudyId, bool>();
        var left = new List<long>();
        string? page = null;
        do
        {
            RunPage found = await client
                .ListActiveAsync(since: null, page, withTasks: true, cancellationToken)
                .ConfigureAwait(false);
            foreach (RunState run in found.Runs)
            {
                if (StudyOf(run) is not { } study || !IsHere(run, study))
                {
                    continue;
                }

                if (!known.TryGetValue(study, out bool over))
                {
                    known[study] = over = await isOver(study, cancellationToken).ConfigureAwait(false);
                }

                if (over)
                {
                    left.Add(run.RunId);
                }
            }

            page = found.Next;
        } while (page is not null);
        return left;
    }

    private static StudyId? StudyOf(RunState run) =>
        run.Name.Split('/') is ["functiontune", var id, _, ..] && StudyId.IsValid(id) ? new StudyId(id) : null;

    private bool IsHere(RunState run, StudyId study)
    {
        string folder = placeOf($"studies/{study}/x").Split('?')[0][..^1];
        return run.Tasks.IsEmpty
            || run.Tasks.Any(task =>
                Texts(task.Definition).Any(text => text.StartsWith(folder, StringComparison.Ordinal))
            );
    }

    private static IEnumerable<string> Texts(JsonElement json) =>
        json.ValueKind switch
        {
            JsonValueKind.String => [json.GetString()!],
            JsonValueKind.Array => json.EnumerateArray().SelectMany(Texts),
            JsonValueKind.Object => json.EnumerateObject().SelectMany(member => Texts(member.Value)),
            _ => [],
        };
}
