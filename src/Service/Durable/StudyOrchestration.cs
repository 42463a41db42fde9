using FunctionTune.History;
using FunctionTune.Service.Durable.Orchestration;
using FunctionTune.Studies;

namespace FunctionTune.Service.Durable;

/// <summary>
/// Runs a study to its end as durable orchestrator code; an instance bears the id of its study. The log of the study is the
/// truth, and the orchestration reads it: what it holds between two executions is the study's id alone.
/// </summary>
public static class StudyOrchestration
{
    /// <summary>The orchestration's name: kept for ever.</summary>
    public const string Name = "StudyOrchestrator";

    /// <summary>The event that says: there is something new in the log. Only a hint, its content means nothing.</summary>
    public const string News = "news";

    /// <summary>Runs the study to its end, or until the next execution takes over.</summary>
    /// <param name="durable">What may be done and awaited.</param>
    /// <param name="run">Which study.</param>
    /// <returns>How far the study has come.</returns>
    public static async Task<StudyProgress> RunAsync(IOrchestration durable, StudyRun run)
    {
        ArgumentNullException.ThrowIfNull(durable);
        ArgumentNullException.ThrowIfNull(run);
        var board = new ProgressBoard(durable, OutcomeText.Line(run.Study, 80));
        if (!StudyId.IsValid(run.Study))
        {
            return board.Show("unknown", "What was asked for is no id of a study.");
        }

        var news = new NewsWaiter(durable);
        using var alarm = new Alarm(durable);
        var opening = new Opening(durable, run, news, alarm, board);
        if (await opening.LoadAsync() is not { State: { } state } standing)
        {
            return End(durable, run, board, opening.Phase);
        }

        var scheduler = new DurableScheduler(durable, run.Study, standing, news, alarm, board);
        Task<StudyState> loop = StudyLoop.RunAsync(state, scheduler);
        Task first = await Task.WhenAny(loop, scheduler.Exhausted);
        alarm.Cancel();
        if (first == loop)
        {
            return board.Show(await loop, trouble: null);
        }

        StudyProgress progress = board.Show(scheduler.State, scheduler.Trouble);
        durable.ContinueAsNew(run with { Continued = true });
        return progress;
    }

    private static StudyProgress End(IOrchestration durable, StudyRun run, ProgressBoard board, string phase)
    {
        StudyProgress progress = board.Show(phase);
        if (string.Equals(phase, "preparing", StringComparison.Ordinal))
        {
            durable.ContinueAsNew(run);
        }

        return progress;
    }
}
