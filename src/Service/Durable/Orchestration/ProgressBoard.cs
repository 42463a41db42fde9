using FunctionTune.Studies;

namespace FunctionTune.Service.Durable.Orchestration;

/// <summary>Shows how far a study has come, not more often than anybody looks.</summary>
internal sealed class ProgressBoard(IOrchestration durable)
{
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
                Trouble = trouble,
            }
        );

    /// <summary>Shows a study that has none yet, or will never have one.</summary>
    public StudyProgress Show(string phase, string? trouble = null) =>
        Show(new StudyProgress { Phase = phase, Trouble = trouble });

    private StudyProgress Show(StudyProgress progress)
    {
        DateTimeOffset now = durable.Now;
        bool changed = progress with { UpdatedUtc = _shown.UpdatedUtc } != _shown;
        bool urgent = !string.Equals(progress.Phase, _shown.Phase, StringComparison.Ordinal);
        if (changed && (urgent || now - _shown.UpdatedUtc >= s_interval))
        {
            _shown = progress with { UpdatedUtc = now };
            durable.Show(_shown);
        }

        return progress with
        {
            UpdatedUtc = now,
        };
    }
}
