using System.Collections.Immutable;
using FunctionTune.History;
using FunctionTune.Studies;
using FunctionTune.Testing.Studies;

namespace FunctionTune.Engine.Tests.Studies;

/// <summary>A host that carries slim facts decides as one that has the whole log.</summary>
public sealed class SlimFormTests
{
    [Fact]
    public void The_fold_of_slim_facts_is_the_slim_fold() =>
        StudyLaws.Hold(story =>
        {
            StudyState slim = StudyState.Empty;
            foreach ((StudyEvent fact, StudyState state) in story.Events.Zip(story.States().Skip(1)))
            {
                slim = SlimForm.Of(fact) is { } known ? StudyReducer.Reduce(slim, known) : slim;

                Assert.Equal(StudyLaws.Canonical(SlimForm.Of(state)), StudyLaws.Canonical(slim));
                Assert.Equal(Keys(state), Keys(slim));
            }
        });

    [Fact]
    public void A_slim_state_goes_on_as_the_whole_one() =>
        StudyLaws.Hold(story =>
        {
            StudyState[] states = [.. story.States()];
            int cut = story.Moves.Length * 5 % states.Length;

            StudyState end = story
                .Events.Skip(cut)
                .Select(SlimForm.Of)
                .OfType<StudyEvent>()
                .Aggregate(SlimForm.Of(states[cut]), StudyReducer.Reduce);

            Assert.Equal(StudyLaws.Canonical(SlimForm.Of(states[^1])), StudyLaws.Canonical(end));
        });

    [Fact]
    public void Long_messages_of_failures_are_told_apart_as_before_whatever_numbers_stand_in_them()
    {
        string rest = new('x', 900);
        FailureStreak whole = new FailureStreak().After(Failure($"After 9 s: {rest}"));
        FailureStreak slim = new FailureStreak().After(Slim($"After 9 s: {rest}"));

        Assert.Equal(whole, slim);
        Assert.Equal(2, slim.After(Slim($"After 1234567 s: {rest}")).Count);
        Assert.Equal(1, slim.After(Slim($"After 9 h: {rest}")).Count);
        Assert.InRange(Slim(rest).Message.Length, 1, 100);
    }

    private static TrialOutcome.Failed Failure(string message) => new(FailureKind.Exception, message);

    private static TrialOutcome.Failed Slim(string message) =>
        (TrialOutcome.Failed)
            (
                (StudyEvent.Finished)SlimForm.Of(new StudyEvent.Finished(StudySpecs.Start, 0, 1, Failure(message)))!
            ).Outcome;

    private static ImmutableArray<string> Keys(StudyState state) =>
        [.. StudyPlan.For(state).Select(command => command.Key)];
}
