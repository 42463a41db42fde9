using System.Collections.Immutable;

namespace FunctionTune.Studies;

/// <summary>
/// Runs a study to its end. It awaits nothing but the scheduler and knows no clock, so the same code is the body of a
/// durable orchestrator.
/// </summary>
public static class StudyLoop
{
    /// <summary>Makes the requests a state calls for, folds the events they cause, and so on until the study is over.</summary>
    /// <param name="state">The fold of the study's log.</param>
    /// <param name="scheduler">What carries out requests and brings events.</param>
    /// <returns>The state at the end.</returns>
    public static async Task<StudyState> RunAsync(StudyState state, IStudyScheduler scheduler)
    {
        ImmutableHashSet<string> underWay = [];
        while (true)
        {
            ImmutableArray<StudyCommand> plan = StudyPlan.For(state);
            ImmutableArray<StudyCommand> fresh = [.. plan.Where(command => !underWay.Contains(command.Key))];
            if (!fresh.IsEmpty)
            {
                scheduler.Schedule(fresh);
            }

            if (state.IsOver)
            {
                return state;
            }

            underWay = [.. plan.Select(command => command.Key)];
            foreach (StudyEvent fact in await scheduler.NextEventsAsync())
            {
                state = StudyReducer.Reduce(state, fact);
            }
        }
    }
}
