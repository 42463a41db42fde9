using FunctionTune.History;
using FunctionTune.Hosting;
using FunctionTune.Studies;

namespace FunctionTune.Testing.Scripted;

/// <summary>
/// Random studies, always the same for the same seed: limits, courses of attempts, wishes of the user. Courses take multiples of ten
/// milliseconds and wishes come in between, so that no wish meets an end: which of two comes first at the same time is nobody's law.
/// </summary>
public static class RandomStudies
{
    private const int Grid = 10;

    /// <summary>The study of a seed.</summary>
    public static ScriptedStudy Of(int seed)
    {
        var random = new Random(seed);
        var limits = new StudyLimits
        {
            MaxEvals = random.Next(1, 40),
            Parallelism = random.Next(1, 9),
            MaxQueueLen = random.Next(3) == 0 ? random.Next(2, 6) : 1,
            MaxAttempts = random.Next(1, 4),
            Timeout = random.Next(3) == 0 ? Time(random, 20_000, 200_000, 5) : null,
            LossThreshold = random.Next(5) == 0 ? 0.05 : null,
            NoProgress = random.Next(5) == 0 ? new NoProgress(random.Next(5, 15)) : null,
            MaxIdenticalFailures = random.Next(2) == 0 ? 4 : null,
            AutoParallelism = random.Next(6) == 0,
        };
        int longest = random.Next(3) == 0 ? 120_000 : 15_000;
        return new ScriptedStudy(limits, start => Course(seed, start, longest), [.. Wishes(random)])
        {
            Algo = random.Next(3) == 0 ? "tpe" : "rand",
            Capacity =
                random.Next(3) == 0 ? new RunnerCapacity(random.Next(1, 5), "as it is", random.Next(1, 9)) : null,
        };
    }

    private static ScriptedCourse Course(int seed, TrialStart start, int longest)
    {
        var random = new Random(unchecked((((seed * 31) + start.Trial) * 31) + start.Attempt));
        TimeSpan duration = Time(random, Grid, longest, 0);
        TrialOutcome outcome = Outcome(random);
        return new ScriptedCourse(duration, outcome)
        {
            IsTaken = outcome is not TrialOutcome.Deferred || random.Next(2) == 0,
            StopTakes = Time(random, Grid, 8_000, 0),
            Reports =
            [
                .. Enumerable
                    .Range(0, random.Next(4))
                    .Select(_ => Time(random, Grid, longest, 0))
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
            4 => new TrialOutcome.Lost("The machine is gone.") { RetryAfter = Time(random, Grid, 20_000, 0) },
            5 or 6 => new TrialOutcome.Deferred("No room.", Time(random, Grid, 20_000, 0)),
            7 when random.Next(10) == 0 => new TrialOutcome.Failed(FailureKind.Misconfigured, "There is no cluster."),
            _ => new TrialOutcome.Succeeded(new TrialResult(random.NextDouble())),
        };

    private static IEnumerable<ScriptedWish> Wishes(Random random)
    {
        for (int i = random.Next(5); i > 0; i--)
        {
            TimeSpan at = Time(random, 500, 60_000, i);
            switch (random.Next(8))
            {
                case 0 or 1:
                    yield return new ScriptedWish(at, now => new StudyEvent.Paused(now));
                    // Whoever pauses goes on some time, or the study would never end.
                    TimeSpan later = at + Time(random, 500, 60_000, 0);
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
            1 => new LimitsChange { Timeout = Time(random, 5_000, 90_000, 0) },
            2 => new LimitsChange { LossThreshold = random.NextDouble() / 20 },
            3 => new LimitsChange { NoProgress = new NoProgress(random.Next(3, 20)) },
            _ => new LimitsChange { Parallelism = random.Next(1, 9) },
        };

    private static TimeSpan Time(Random random, int least, int most, int offset) =>
        TimeSpan.FromMilliseconds((random.Next(least / Grid, most / Grid) * Grid) + offset);
}
