using FunctionTune.Cli.Progress;
using FunctionTune.Studies;
using FunctionTune.Testing.Studies;
using Spectre.Console.Rendering;

namespace FunctionTune.Cli.Tests.Progress;

public sealed class ProgressViewTests
{
    private readonly SampleStudy _study = new(
        Hp.Dict(("alpha", Hp.Uniform("alpha", 0, 1)), ("beta", Hp.Uniform("beta", 0, 1))),
        new StudyLimits { MaxEvals = 60, Parallelism = 20 }
    );

    [Fact]
    public void It_shows_the_bar_the_best_the_running_and_the_failed()
    {
        _study.Succeed(61.5, ("alpha", 0.25), ("beta", 0.75));
        _study.Succeed(54.25, ("alpha", 0.5), ("beta", 0.125));
        _study.Fail("singular\nmatrix", ("alpha", 0.5), ("beta", 0.5));
        _study.Start(("alpha", 0.0625), ("beta", 0.5));

        string text = string.Join('\n', Lines(80, 40));
        string[] expected =
        [
            "3/60",
            "54.25",
            "trial 1",
            "alpha=0.5 beta=0.125",
            "61.5 → 54.25",
            "1 running",
            "#3",
            "1 failed",
            "singular matrix",
        ];
        Assert.All(expected, part => Assert.Contains(part, text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(40, 10)]
    [InlineData(20, 24)]
    [InlineData(200, 3)]
    public void It_fits_the_terminal_however_much_there_is_to_show(int width, int height)
    {
        _study.Succeed(1e-300, ("alpha", 1.0 / 3), ("beta", 2.0 / 3));
        for (int i = 0; i < 20; i++)
        {
            _study.Start(("alpha", 0.1234567), ("beta", 0.7654321));
        }

        List<string> lines = Lines(width, height);
        Assert.InRange(lines.Count, 1, height - 1);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, width));
    }

    [Fact]
    public void Rate_and_time_left_come_from_what_this_process_saw()
    {
        var tracker = new ProgressTracker(TimeProvider.System);
        _study.Succeed(1, ("alpha", 0.5), ("beta", 0.5));
        tracker.Take(_study.Record);
        for (int i = 0; i < 9; i++)
        {
            _study.Succeed(1, ("alpha", 0.5), ("beta", 0.5));
        }

        ProgressSnapshot snapshot = tracker.Take(_study.Record);
        DateTimeOffset later = snapshot.Since.AddSeconds(3);
        Assert.Equal(3, snapshot.Rate(later), 9);
        Assert.Equal(50.0 / 3, snapshot.Left(later)!.Value.TotalSeconds, 3);
    }

    [Fact]
    public void The_trace_of_a_long_study_stays_short_and_ends_at_the_best()
    {
        var tracker = new ProgressTracker(TimeProvider.System);
        for (int i = 0; i < 1000; i++)
        {
            _study.Succeed(1000 - i, ("alpha", 0.5), ("beta", 0.5));
        }

        ProgressSnapshot snapshot = tracker.Take(_study.Record);
        Assert.InRange(snapshot.Trace.Length, 10, 100);
        Assert.Equal(1, snapshot.Trace[^1]);
    }

    private List<string> Lines(int width, int height)
    {
        ProgressSnapshot snapshot = new ProgressTracker(TimeProvider.System).Take(_study.Record);
        return
        [
            .. ProgressView
                .Lines(snapshot, snapshot.Since.AddSeconds(5), width, height)
                .Select(line => string.Concat(line.Select((Segment segment) => segment.Text))),
        ];
    }
}
