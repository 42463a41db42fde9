using System.Collections.Immutable;
using FunctionTune.Studies;
using FunctionTune.Testing.Studies;

namespace FunctionTune.Engine.Tests.Studies;

/// <summary>The loop, run from its history at every turn as a durable host does it, with ends in a random order.</summary>
public sealed class LoopReplayTests
{
    private static readonly StudyLimits s_limits = new() { MaxEvals = 25, Parallelism = 4 };

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 25)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task A_study_runs_to_its_end_the_same_way_at_every_replay(int seed)
    {
        (StudyState end, RandomWorld world) = await PlayAsync(s_limits, seed);

        Assert.True(end.IsOver);
        Assert.Equal(world.Started.Count, world.Started.Distinct().Count());
        Assert.Equal(end.NextTrial, world.Started.Select(start => start.Trial).Distinct().Count());
        Assert.Equal(end.NextTrial, end.Counts.Completed + end.Counts.Cancelled);
        Assert.Equal(25, end.NextTrial);
        Assert.Equal(StopReason.MaxEvals, end.Reason);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Every_stop_rule_ends_a_study_with_nothing_under_way(int seed)
    {
        StudyLimits limits = s_limits with
        {
            MaxEvals = 60,
            MaxQueueLen = 6,
            Timeout = seed % 2 == 0 ? TimeSpan.FromHours(1) : null,
            NoProgress = seed % 3 == 0 ? new NoProgress(12) : null,
            LossThreshold = seed % 5 == 0 ? -2.5 : null,
            CustomStopRule = seed % 7 == 0,
        };

        (StudyState end, RandomWorld world) = await PlayAsync(limits, seed);

        Assert.True(end.IsOver);
        Assert.NotNull(end.Reason);
        Assert.Empty(world.UnderWay);
    }

    private static async Task<(StudyState End, RandomWorld World)> PlayAsync(StudyLimits limits, int seed)
    {
        StudyState start = new StudyScript(limits).State;
        var world = new RandomWorld(seed);
        var turns = new List<ImmutableArray<StudyEvent>>();
        var known = new List<ImmutableArray<StudyCommand>>();
        while (true)
        {
            var scheduler = new ReplayingScheduler(turns);
            Task<StudyState> loop = StudyLoop.RunAsync(start, scheduler);
            foreach (
                (ImmutableArray<StudyCommand> before, ImmutableArray<StudyCommand> now) in known.Zip(
                    scheduler.Scheduled
                )
            )
            {
                Assert.Equal(before, now);
            }

            foreach (ImmutableArray<StudyCommand> fresh in scheduler.Scheduled.Skip(known.Count))
            {
                world.Ask(fresh);
                known.Add(fresh);
            }

            Assert.Equal(known.Count, scheduler.Scheduled.Count);
            Assert.InRange(world.UnderWay.Count, 0, limits.Parallelism);
            if (loop.IsCompleted)
            {
                return (await loop, world);
            }

            turns.Add(world.Turn());
        }
    }
}
