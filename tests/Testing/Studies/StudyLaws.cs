using System.Collections.Immutable;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using FunctionTune.Studies;

namespace FunctionTune.Testing.Studies;

/// <summary>Checks laws on random stories, always the same ones.</summary>
public static class StudyLaws
{
    private const ulong Seed = 20_260_102;
    private const ulong Gamma = 9;

    private static readonly Gen<StudyMove> s_move =
        from kind in Gen.Choose(0, 99)
        from which in Gen.Choose(0, 999)
        from how in Gen.Choose(0, 999)
        select new StudyMove(kind, which, how);

    private static readonly Gen<StudyLimits> s_limits =
        from evals in Gen.Choose(0, 12)
        from parallelism in Gen.Choose(1, 4)
        from queue in Gen.Choose(1, 5)
        from rules in Gen.Choose(0, 63)
        from attempts in Gen.Choose(1, 3)
        select new StudyLimits
        {
            MaxEvals = evals == 0 && (rules & 1) == 1 ? null : evals + 1,
            Parallelism = parallelism,
            MaxQueueLen = queue,
            MaxAttempts = attempts,
            Timeout = (rules & 1) == 0 ? null : TimeSpan.FromMinutes(5),
            LossThreshold = (rules & 6) == 6 ? -2 : null,
            NoProgress = (rules & 24) == 24 ? new NoProgress(4) : null,
            CustomStopRule = (rules & 32) == 32,
            MaxIdenticalFailures = (rules & 8) == 0 ? null : 3,
        };

    private static readonly Arbitrary<StudyStory> s_stories = Arb.From(
        from limits in s_limits
        from length in Gen.Choose(1, 120)
        from moves in s_move.ArrayOf(length)
        select new StudyStory(limits, [.. moves]),
        Shorter
    );

    /// <summary>Fails with the shortest story found for which <paramref name="law"/> fails.</summary>
    public static void Hold(Action<StudyStory> law) =>
        Prop.ForAll(s_stories, law).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(Seed, Gamma));

    /// <summary>A state or record as text: records compare some of their members by reference.</summary>
    public static string Canonical<T>(T value) => JsonSerializer.Serialize(value, StudyJson.Options);

    private static IEnumerable<StudyStory> Shorter(StudyStory story)
    {
        ImmutableArray<StudyMove> moves = story.Moves;
        for (int length = moves.Length / 2; length > 0; length /= 2)
        {
            for (int from = 0; from + length <= moves.Length; from += length)
            {
                yield return new StudyStory(story.Limits, moves.RemoveRange(from, length));
            }
        }
    }
}
