using FunctionTune.History;
using FunctionTune.Hosting;
using FunctionTune.Studies;

namespace FunctionTune.Testing.Scripted;

/// <summary>
/// Random studies, always the same for the same seed: limits, courses of attempts, wishes of the user. All times are whole
/// milliseconds, as timers have it, so that two things hardly ever meet: which of them comes first then is nobody's law.
/// </summary>
public static class RandomStudies
{
    private const int Shortest = 10;

    /// <summary>The study of a seed.</summary>
    /// <param name="seed">All that is random follows from it.</param>
    /// <param name="longest">How long a trial takes at most.</param>
    public static ScriptedStudy Of(int seed, TimeSpan longest)
    {
        var random = new Random(seed);
        var limits = new StudyLimits
        {
            MaxEvals = random.Next(1, 40),
            Parallelism = random.Next(1, 9),
            MaxQueueLen = random.Next(3) == 0 ? random.Next(2, 6) : 1,
            MaxAttempts = random.Next(1, 4),
            Timeout = random.Next(3) == 0 ? Time(random, 20_000, 200_000) : null,
            LossThreshold = random.Next(5) == 0 ? 0.05 : null,
            NoProgress = random.Next(5) == 0 ? new NoProgress(random.Next(5, 15)) : null,
            MaxIdenticalFailures = random.Next(2) == 0 ? 4 : null,
            AutoParallelism = random.Next(6) == 0,
        };
        int most = (int)longest.TotalMilliseconds;
        return new ScriptedStudy(limits, start => Course(seed, start, most), [.. Wishes(random)])
        {
            Algo = random.Next(3) == 0 ? "tpe" : "rand",
            Capacity =
                random.Next(3) == 0 ? new RunnerCapacity(random.Next(1, 5), "as it is", random.Next(1, 9)) : null,
            Given = Math.Max(0, random.Next(-4, 6)),
        };
    }

    /// <summary>
    /// The study of a seed in which nothing depends on when a host learns of what: what becomes of a trial is the same on every host.
    /// </summary>
    /// <param name="seed">All that is random follows from it.</param>
    /// <param name="longest">How long a trial takes at most.</param>
    public static ScriptedStudy Steady(int seed, TimeSpan longest)
    {
        ScriptedStudy any = Of(seed, longest);
        return any with
        {
            Algo = "rand",
            Wishes = [],
            Limits = any.Limits with
            {
                Timeout = null,
                LossThreshold = null,
                NoProgress = null,
                MaxIdenticalFailures = null,
            },
            Script = start =>
                any.Script(start) is var course && course.Outcome is TrialOutcome.Failed
                    ? course with
                    {
                        Outcome = new TrialOutcome.Failed(FailureKind.Exception, "boom"),
                    }
                    : course,
        };
    }

    private static ScriptedCourse Course(int seed, TrialStart start, int longest)
    {
        var random = new Random(unchecked((((seed * 31) + start.Trial) * 31) + start.Attempt));
        TimeSpan duration = Time(random, Shortest, longest);
        TrialOutcome outcome = Outcome(random);
        return new ScriptedCourse(duration, outcome)
        {
            IsTaken = outcome is not TrialOutcome.Deferred || random.Next(2) == 0,
            StopTakes = Time(random, Shortest, 8_000),
            Reports =
            [
                .. Enumerable
                    .Range(0, random.Next(4))
                    .Select(_ => Time(random, Shortest, longest))
                    .Where(at => at < duration)
                    .Distinct()
                    .Order(),
            ],
        };
    }

    private static TrialOutcome Outcome(Random random) =>
        random.Next(30) switch
        {
            0 => new TrialOutcome.Failed(FailureKind.Exception, "boom"),
            1 => new TrialOutcome.Failed(FailureKind.Reported, "no") { Loss = random.NextDouble() },
            2 => new TrialOutcome.Failed(FailureKind.NanLoss, "The loss is not a number."),
            3 => new TrialOutcome.Lost("The machine is gone."),
            4 => new TrialOutcome.Lost("The machine is gone.") { RetryAfter = Time(random, Shortest, 20_000) },
            5 or 6 => new TrialOutcome.Deferred("No room.", Time(random, Shortest, 20_000)),
            7 when random.Next(10) == 0 => new TrialOutcome.Failed(FailureKind.Misconfigured, "There is no cluster."),
            _ => new TrialOutcome.Succeeded(new TrialResult(random.NextDouble())),
        };

    private static IEnumerable<ScriptedWish> Wishes(Random random)
    {
        for (int i = random.Next(5); i > 0; i--)
        {
            TimeSpan at = Time(random, 500, 60_000);
            switch (random.Next(8))
            {
                case 0 or 1:
                    yield return new ScriptedWish(at, now => new StudyEvent.Paused(now));
                    // Whoever pauses goes on some time, or the study would never end.
                    TimeSpan later = at + Time(random, 500, 60_000);
                    yield return new ScriptedWish(later, now => new StudyEvent.Resumed(now));
                    break;
                case 2 when random.Next(3) == 0:
                    yield return new ScriptedWish(at, now => new StudyEvent.CancelRequested(now));
                    break;
                default:
                    LimitsChange change = Change(random);
                    yield return new ScriptedWish(at, now => new StudyEvent.LimitsChanged(now, change));
                    break;
            }
        }
    }

    private static LimitsChange Change(Random random) =>
        random.Next(5) switch
        {
            0 => new LimitsChange { MaxEvals = random.Next(1, 50) },
            1 => new LimitsChange { Timeout = Time(random, 5_000, 90_000) },
            2 => new LimitsChange { LossThreshold = random.NextDouble() / 20 },
            3 => new LimitsChange { NoProgress = new NoProgress(random.Next(3, 20)) },
            _ => new LimitsChange { Parallelism = random.Next(1, 9) },
        };

    private static TimeSpan Time(Random random, int least, int most) =>
        TimeSpan.FromMilliseconds(random.Next(least, most));
}
