using System.Globalization;
using FunctionTune.Service.Schedules;
using FunctionTune.Service.Views;
using FunctionTune.Studies;

namespace FunctionTune.Cli.Output;

/// <summary>A study as a page of text: best parameters, counts, stop reason, hints, where it lives.</summary>
internal static class StudySummary
{
    public static void Write(TextWriter output, StudyView view)
    {
        (StudyRecord study, StudyState state) = (view.Study, view.Study.State);
        output.WriteLine($"{study.Spec.Name}  {view.Status}");
        output.WriteLine();
        WriteBest(output, study);
        output.WriteLine();
        output.WriteLine(Counts(state));
        if (state is { IsOver: true, Reason: { } reason })
        {
            output.WriteLine($"stopped: {StatusText.Sentence(reason)}");
        }

        if (state.Capacity is { } capacity)
        {
            string asked = state.Limits.AutoParallelism
                ? "auto"
                : string.Create(CultureInfo.InvariantCulture, $"{state.Limits.Parallelism}");
            output.WriteLine($"at once: {state.Slots} (asked for: {asked}; {capacity.Why})");
        }

        string begin = study.CreatedAt.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        output.WriteLine($"started: {begin}, {NumberText.Duration(view.Elapsed)} up to its latest event");
        output.WriteLine($"kept in: {view.Folder}");
        if (ScheduleReport.Of(study) is { } report)
        {
            output.WriteLine($"schedule {report.Schedule}: {report.Text}");
        }

        foreach (StudyHint hint in StudyHints.For(study))
        {
            output.WriteLine($"hint: {hint.Text}");
        }
    }

    /// <summary>How many trials there are, and how they stand.</summary>
    public static string Counts(StudyState state)
    {
        TrialCounts counts = state.Counts;
        (int Number, string State)[] parts =
        [
            (counts.Succeeded, "succeeded"),
            (counts.Failed, "failed"),
            (counts.Lost, "lost"),
            (counts.Cancelled, "cancelled"),
            (state.Live.Count, "running"),
            (state.Waiting.Count, "waiting"),
        ];
        string named = string.Join(", ", parts.Where(p => p.Number > 0).Select(p => $"{p.Number} {p.State}"));
        return $"{NumberText.Count(state.NextTrial, "trial")}{(named.Length > 0 ? $": {named}" : "")}";
    }

    private static void WriteBest(TextWriter output, StudyRecord study)
    {
        if (study.Best is not { } best)
        {
            output.WriteLine(StudyFailures.Summary(study) ?? "No trial has succeeded yet.");
            return;
        }

        output.WriteLine($"best loss {NumberText.Full(best.Loss!.Value)} (trial {best.Number})");
        var rows = ParameterText.Rows(study.Spec.Space, best.Point);
        int width = rows.IsEmpty ? 0 : rows.Max(row => row.Label.Length);
        foreach ((string label, string value) in rows)
        {
            output.WriteLine($"  {label.PadRight(width)}  {value}");
        }
    }
}
