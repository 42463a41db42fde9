using System.Collections.Immutable;
using System.Text.Json;
using FunctionTune.History;
using FunctionTune.Studies;
using FunctionTune.Testing.Studies;

namespace FunctionTune.Engine.Tests.Studies;

/// <summary>Laws of the fold, over random histories with repeats, late events and events out of order.</summary>
public sealed class ReducerLawTests
{
    [Fact]
    public void The_stories_go_everywhere()
    {
        var reasons = new HashSet<StopReason>();
        var facts = new SortedSet<string>(StringComparer.Ordinal);
        StudyLaws.Hold(story =>
        {
            reasons.UnionWith(story.States().Where(s => s.IsOver).Select(s => s.Reason!.Value));
            facts.UnionWith(
                story
                    .Events.Zip(story.States().Zip(story.States().Skip(1)))
                    .Where(step => !ReferenceEquals(step.Second.First, step.Second.Second))
                    .Select(step => step.First.GetType().Name)
            );
        });

        Assert.Equal(Enum.GetValues<StopReason>().Order(), reasons.Order());
        Assert.Equal(
            typeof(StudyEvent)
                .GetNestedTypes()
                .Select(type => type.Name)
                .Except([nameof(StudyEvent.Reported)], StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
            facts
        );
    }

    [Fact]
    public void The_same_history_gives_the_same_state() =>
        StudyLaws.Hold(story =>
            Assert.Equal(
                StudyLaws.Canonical(story.States()[^1]),
                StudyLaws.Canonical(new StudyStory(story.Limits, story.Moves).States()[^1])
            )
        );

    [Fact]
    public void Repeating_an_event_gives_back_the_very_same_state() =>
        StudyLaws.Hold(story =>
        {
            foreach ((StudyEvent fact, StudyState state) in story.Events.Zip(story.States().Skip(1)))
            {
                Assert.Same(state, StudyReducer.Reduce(state, fact));
            }
        });

    [Fact]
    public void Repeating_any_event_later_changes_nothing() =>
        StudyLaws.Hold(story =>
        {
            StudyState last = story.States()[^1];
            // An end is no news but a verdict: it holds whenever the state calls for it.
            IEnumerable<StudyEvent> facts = story.Events.Where(fact => fact is not StudyEvent.Ended);
            Assert.All(facts, fact => Assert.Same(last, StudyReducer.Reduce(last, fact)));
        });

    [Fact]
    public void A_state_calls_for_no_more_trials_than_its_limits_allow() =>
        StudyLaws.Hold(story =>
        {
            int parallelism = 0;
            foreach (StudyState state in story.States())
            {
                parallelism = Math.Max(parallelism, state.Limits.Parallelism);
                ImmutableArray<StudyCommand> plan = StudyPlan.For(state);
                StudyCommand.Start[] starts = [.. plan.OfType<StudyCommand.Start>()];
                int free = Math.Max(0, state.Limits.Parallelism - state.Live.Count);

                Assert.InRange(starts.Length, 0, free);
                Assert.All(
                    starts.Where(start => start.Attempt == 1),
                    start => Assert.InRange(start.Trial, 0, (state.Limits.MaxEvals ?? int.MaxValue) - 1)
                );
                Assert.All(
                    plan.OfType<StudyCommand.Suggest>(),
                    c => Assert.InRange(c.First + c.Count, 1, state.Limits.MaxEvals ?? int.MaxValue)
                );
            }
        });

    [Fact]
    public void A_study_that_is_over_calls_for_nothing() =>
        StudyLaws.Hold(story =>
            Assert.All(
                story.States().Where(state => state.IsOver),
                state =>
                {
                    Assert.Empty(StudyPlan.For(state));
                    Assert.Empty(state.Live);
                    Assert.Empty(state.Waiting);
                    Assert.NotNull(state.Reason);
                }
            )
        );

    [Fact]
    public void The_best_trial_is_the_first_of_the_lowest_losses_and_never_gets_worse() =>
        StudyLaws.Hold(story =>
        {
            var losses = new Dictionary<int, double>();
            StudyState before = StudyState.Empty;
            foreach ((StudyEvent fact, StudyState state) in story.Events.Zip(story.States().Skip(1)))
            {
                if (
                    !ReferenceEquals(before, state)
                    && fact is StudyEvent.Finished { Outcome: TrialOutcome.Succeeded success } end
                )
                {
                    losses.Add(end.Trial, success.Result.Loss);
                }

                (int Trial, double Loss)? best =
                    losses.Count == 0
                        ? null
                        : losses.OrderBy(l => l.Value).ThenBy(l => l.Key).Select(l => (l.Key, l.Value)).First();
                Assert.Equal(best, state.Best is { } found ? (found.Trial, found.Loss) : null);
                Assert.True(before.Best is null || state.Best!.Loss <= before.Best.Loss);
                before = state;
            }
        });

    [Fact]
    public void A_study_that_goes_on_always_has_something_to_do() =>
        StudyLaws.Hold(story =>
            Assert.All(
                // A paused study with nothing under way waits for its user alone.
                story.States().Where(s => s.IsCreated && !s.IsOver && s.Status != StudyStatus.Paused),
                state => Assert.Contains(StudyPlan.For(state), command => command is not StudyCommand.Wake)
            )
        );

    [Fact]
    public void Requests_of_one_plan_have_different_names() =>
        StudyLaws.Hold(story =>
            Assert.All(
                story.States(),
                state =>
                {
                    string[] keys = [.. StudyPlan.For(state).Select(command => command.Key)];
                    Assert.Equal(keys, keys.Distinct(StringComparer.Ordinal));
                }
            )
        );

    [Fact]
    public void A_fold_may_go_on_from_a_snapshot_that_was_written_down() =>
        StudyLaws.Hold(story =>
        {
            StudyState[] states = [.. story.States()];
            int cut = story.Moves.Length * 7 % states.Length;
            string snapshot = JsonSerializer.Serialize(states[cut], StudyJson.Options);
            StudyState state = JsonSerializer.Deserialize<StudyState>(snapshot, StudyJson.Options)!;

            StudyState end = story.Events.Skip(cut).Aggregate(state, StudyReducer.Reduce);

            Assert.Equal(StudyLaws.Canonical(states[^1]), StudyLaws.Canonical(end));
        });

    [Fact]
    public void Every_trial_is_in_one_place_only() =>
        StudyLaws.Hold(story =>
            Assert.All(
                story.States(),
                state =>
                {
                    Assert.Empty(state.Waiting.Keys.Intersect(state.Live.Keys));
                    int ended = state.Counts.Completed + state.Counts.Cancelled;
                    Assert.Equal(state.NextTrial, state.Waiting.Count + state.Live.Count + ended);
                }
            )
        );
}
