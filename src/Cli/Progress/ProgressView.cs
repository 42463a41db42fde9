using System.Globalization;
using FunctionTune.Cli.Output;
using FunctionTune.Service.Views;
using FunctionTune.Studies;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace FunctionTune.Cli.Progress;

/// <summary>A study under way as lines of a given width.</summary>
internal static class ProgressView
{
    private const int MostParameterLines = 3;
    private const int LinesBesidesRows = 11;

    private static readonly Style Plain = Style.Plain;
    private static readonly Style Strong = new(decoration: Decoration.Bold);
    private static readonly Style Dim = new(Color.Grey);
    private static readonly Style Good = new(Color.Green);
    private static readonly Style GoodStrong = new(Color.Green, decoration: Decoration.Bold);
    private static readonly Style Accent = new(Color.Blue);
    private static readonly Style Bad = new(Color.Red);

    /// <summary>The lines, none longer than the width, no more than fit the height.</summary>
    /// <param name="study">What to show.</param>
    /// <param name="now">The present time.</param>
    /// <param name="width">Columns. Range: at least 20.</param>
    /// <param name="height">Lines of the terminal.</param>
    public static List<List<Segment>> Lines(ProgressSnapshot study, DateTimeOffset now, int width, int height)
    {
        List<List<Segment>> lines = [Title(study), Bar(study, width)];
        lines.AddRange(Best(study, width));
        lines.Add(Pace(study, now));
        lines.AddRange(Running(study, now, Math.Max(0, height - LinesBesidesRows)));
        if (study.Failed > 0)
        {
            lines.Add([new($"{study.Failed} failed", Bad), new($"  {TextLine.Clean(study.LatestFailure ?? "")}", Dim)]);
        }

        return [.. lines.Take(Math.Max(2, height - 1)).Select(line => Cut(line, width))];
    }

    private static List<Segment> Title(ProgressSnapshot study)
    {
        string status = study.Status == StudyStatus.Running ? "" : $"  {StatusText.Camel(study.Status)}";
        return [new(TextLine.Clean(study.Name), Strong), new($"  {study.Algo}", Dim), new(status, Accent)];
    }

    private static List<Segment> Bar(ProgressSnapshot study, int width)
    {
        if (study.MaxEvals is not { } most)
        {
            return [new(NumberText.Count(study.Ended, "trial"), Strong)];
        }

        double share = Math.Min(1, (double)study.Ended / most);
        string text = $" {study.Ended}/{most}";
        int bar = Math.Clamp(width - text.Length - 5, 5, 60);
        int full = (int)(share * bar);
        return
        [
            new(new string('━', full), Good),
            new(new string('━', bar - full), Dim),
            new(text, Strong),
            new($" {(int)(share * 100)} %", Dim),
        ];
    }

    private static IEnumerable<List<Segment>> Best(ProgressSnapshot study, int width)
    {
        if (study.Best is not { } best)
        {
            yield return [new("no trial has succeeded yet", Dim)];
            yield break;
        }

        yield return
        [
            new("best ", Plain),
            new(NumberText.Short(best.Loss), GoodStrong),
            new($"  trial {best.Trial}", Dim),
        ];
        foreach (string line in TextLine.Wrap(TextLine.Clean(best.Parameters), width - 2).Take(MostParameterLines))
        {
            yield return [new($"  {line}", Plain)];
        }

        if (study.Trace.Length > 1)
        {
            string range = $"  {NumberText.Short(study.Trace[0])} → {NumberText.Short(study.Trace[^1])}";
            string curve = Sparkline.Of(study.Trace, Math.Clamp(width - range.Length - 2, 5, 40));
            yield return [new($"  {curve}", Accent), new(range, Dim)];
        }
    }

    private static List<Segment> Pace(ProgressSnapshot study, DateTimeOffset now)
    {
        double rate = study.Rate(now);
        string pace = rate switch
        {
            0 => "",
            >= 1 => string.Create(CultureInfo.InvariantCulture, $"{rate:0.#} trials/s  "),
            _ => string.Create(CultureInfo.InvariantCulture, $"{rate * 60:0.#} trials/min  "),
        };
        string left = study.Left(now) is { } time ? $"  {NumberText.Duration(time)} left" : "";
        return [new($"{pace}{NumberText.Duration(now - study.Since)}{left}", Dim)];
    }

    private static IEnumerable<List<Segment>> Running(ProgressSnapshot study, DateTimeOffset now, int most)
    {
        yield return [new($"{study.RunningCount} running", study.RunningCount > 0 ? Strong : Dim)];
        ProgressSnapshot.Row[] rows = [.. study.Running.Take(most)];
        int numbers = rows.Length == 0 ? 0 : $"{rows.Max(row => row.Trial)}".Length;
        foreach (ProgressSnapshot.Row row in rows)
        {
            string number = $"{row.Trial}".PadLeft(numbers);
            string time = NumberText.Duration(now - row.StartedAt).PadLeft(6);
            yield return
            [
                new($"  #{number} ", Accent),
                new($"{time}  ", Plain),
                new(TextLine.Clean(row.Parameters), Dim),
            ];
        }

        if (rows.Length > 0 && study.RunningCount > rows.Length)
        {
            yield return [new($"  and {study.RunningCount - rows.Length} more", Dim)];
        }
    }

    private static List<Segment> Cut(List<Segment> line, int width)
    {
        if (Segment.CellCount(line) <= width)
        {
            return line;
        }

        List<Segment> kept = [];
        int left = width - 1;
        foreach (Segment segment in line.TakeWhile(_ => left > 0))
        {
            int length = segment.Text.Length;
            while (new Segment(segment.Text[..length]).CellCount() > left)
            {
                length--;
            }

            kept.Add(new Segment(segment.Text[..length], segment.Style));
            left = length < segment.Text.Length ? 0 : left - segment.CellCount();
        }

        return [.. kept, new("…", Dim)];
    }
}
