using System.Collections.Immutable;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using FunctionTune.Studies;

namespace FunctionTune.Service.Telemetry;

/// <summary>
/// What a worker tells of its work, by the names under which an OpenTelemetry host listens. Told by activities only, for an
/// orchestration runs its past again and again; a trial is counted by whoever wrote its end into the log, and so once. Measures
/// bear no name of a study or trial, spans do.
/// </summary>
public static class StudyTelemetry
{
    /// <summary>The name of the source of spans and of the meter.</summary>
    public const string Name = "FunctionTune";

    private static readonly ActivitySource s_spans = new(Name);
    private static readonly Meter s_meter = new(Name);

    private static readonly Counter<long> s_trials = s_meter.CreateCounter<long>(
        "functiontune.trials",
        "{trial}",
        "Attempts at trials that ended, by how: succeeded, failed, cancelled, lost, retried."
    );

    private static readonly Histogram<double> s_trialDuration = s_meter.CreateHistogram<double>(
        "functiontune.trial.duration",
        "s",
        "From the start of an attempt to the moment its end was seen."
    );

    private static readonly Histogram<double> s_suggestDuration = s_meter.CreateHistogram<double>(
        "functiontune.suggest.duration",
        "s",
        "The time that suggestions took."
    );

    private static readonly Gauge<int> s_running = s_meter.CreateGauge<int>(
        "functiontune.trials.running",
        "{trial}",
        "Trials under way of the study that was looked at last."
    );

    /// <summary>Begins a span; null when nobody listens.</summary>
    internal static Activity? Begin(string name, StudyId study, int? trials = null) =>
        s_spans
            .StartActivity(name)
            ?.SetTag("functiontune.study", study.ToString())
            .SetTag("functiontune.trials", trials);

    /// <summary>Measures what was written into a log.</summary>
    /// <param name="record">The study, all of it folded.</param>
    /// <param name="written">What this process wrote.</param>
    internal static void Wrote(StudyRecord record, ImmutableArray<StudyEvent> written)
    {
        foreach (StudyEvent.Finished end in written.OfType<StudyEvent.Finished>())
        {
            TrialRecord trial = record.Trials[end.Trial];
            s_trials.Add(1, new KeyValuePair<string, object?>("state", StateOf(trial)));
            if (trial.StartedAt is { } start)
            {
                s_trialDuration.Record((end.At - start).TotalSeconds);
            }
        }
    }

    internal static void Looked(int running) => s_running.Record(running);

    internal static void Suggested(TimeSpan took) => s_suggestDuration.Record(took.TotalSeconds);

    private static string StateOf(TrialRecord trial) =>
        trial.State switch
        {
            History.TrialState.Succeeded => "succeeded",
            History.TrialState.Failed => "failed",
            History.TrialState.Cancelled => "cancelled",
            History.TrialState.Lost => "lost",
            _ => "retried",
        };
}
