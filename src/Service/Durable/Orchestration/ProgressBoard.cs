using FunctionTune.History;
using FunctionTune.Studies;
using Microsoft.Extensions.Logging;

namespace FunctionTune.Service.Durable.Orchestration;

/// <summary>Shows how far a study has come, not more often than anybody looks, and logs what changes for people.</summary>
internal sealed partial class ProgressBoard(IOrchestration durable, string study)
{
    // A status goes into a table, whole: below 4 KB also where each letter is written as an escape.
    private const int MostOfTrouble = 400;

    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    private StudyProgress _shown = new() { Phase = "" };

    /// <summary>Shows a study that has a log.</summary>
    public StudyProgress Show(StudyState state, string? trouble) =>
        Show(
            new StudyProgress
            {
                Phase = state.Status switch
                {
                    StudyStatus.Running => "running",
                    StudyStatus.Paused => "paused",
                    StudyStatus.Stopping => "stopping",
                    _ => "ended",
                },
                Total = state.Limits.MaxEvals,
                Done = state.Counts.Completed,
                Running = state.Live.Count,
                Failed = state.Counts.Failed + state.Counts.Lost,
                BestTrial = state.Best?.Trial,
                BestLoss = state.Best?.Loss,
                Parallelism = state.Slots,
                Reason = state.Reason,
                Trouble = Short(trouble),
            }
        );

    /// <summary>Shows a study that has none yet, or will never have one.</summary>
    public StudyProgress Show(string phase, string? trouble = null) =>
        Show(new StudyProgress { Phase = phase, Trouble = Short(trouble) });

    private StudyProgress Show(StudyProgress progress)
    {
        DateTimeOffset now = durable.Now;
        bool turns = !string.Equals(progress.Phase, _shown.Phase, StringComparison.Ordinal);
        bool troubled = !string.Equals(progress.Trouble, _shown.Trouble, StringComparison.Ordinal);
        if (turns)
        {
            Turned(durable.Log, study, progress.Phase, progress.Reason);
        }

        if (troubled && progress.Trouble is { } trouble)
        {
            Troubled(durable.Log, study, trouble);
        }

        bool changed = progress with { UpdatedUtc = _shown.UpdatedUtc } != _shown;
        if (turns || troubled || (changed && now - _shown.UpdatedUtc >= s_interval))
        {
            _shown = progress with { UpdatedUtc = now };
            durable.Show(_shown);
        }

        return progress with
        {
            UpdatedUtc = now,
        };
    }

    private static string? Short(string? trouble) => trouble is null ? null : OutcomeText.Line(trouble, MostOfTrouble);

    [LoggerMessage(Level = LogLevel.Information, Message = "Study {Study}: {Phase} {Reason}")]
    private static partial void Turned(ILogger log, string study, string phase, StopReason? reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Study {Study} has trouble: {Trouble}")]
    private static partial void Troubled(ILogger log, string study, string trouble);
}
