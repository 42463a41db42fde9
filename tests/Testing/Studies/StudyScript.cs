using System.Collections.Immutable;
using System.Text.Json;
using FunctionTune.History;
using FunctionTune.Studies;

namespace FunctionTune.Testing.Studies;

/// <summary>Writes a study's history event by event, a second apart, and folds it.</summary>
public sealed class StudyScript
{
    private readonly List<StudyEvent> _events = [];

    /// <summary>A study that was just created.</summary>
    public StudyScript(StudyLimits limits) =>
        Then(at => new StudyEvent.Created(at, 1, StudySpecs.Id, StudySpecs.Of(limits)));

    /// <summary>The fold.</summary>
    public StudyState State { get; private set; } = StudyState.Empty;

    /// <summary>The events so far, accepted or not.</summary>
    public IReadOnlyList<StudyEvent> Events => _events;

    /// <summary>The time of the next event.</summary>
    public DateTimeOffset Now => StudySpecs.Start + TimeSpan.FromSeconds(_events.Count);

    /// <summary>The keys of what the state calls for.</summary>
    public IEnumerable<string> Plan => StudyPlan.For(State).Select(command => command.Key);

    /// <summary>A handle as runners give them.</summary>
    public static JsonElement Handle(int trial, int attempt) => JsonSerializer.SerializeToElement($"{trial}/{attempt}");

    /// <summary>Folds one more event.</summary>
    public StudyScript Then(Func<DateTimeOffset, StudyEvent> fact)
    {
        _events.Add(fact(Now));
        State = StudyReducer.Reduce(State, _events[^1]);
        return this;
    }

    /// <summary>New trials, as many as given.</summary>
    public StudyScript Suggest(int count, bool exhausted = false)
    {
        int first = State.NextTrial;
        return Then(at => new StudyEvent.Suggested(at, _events.Count, Trials(first, count), exhausted));
    }

    /// <summary>Starts trials.</summary>
    public StudyScript Start(params int[] trials)
    {
        foreach (int trial in trials)
        {
            int attempt = State.Waiting[trial].Attempt;
            Then(at => new StudyEvent.Started(at, trial, attempt, Handle(trial, attempt)));
        }

        return this;
    }

    /// <summary>Suggests trials and starts them.</summary>
    public StudyScript Run(int count)
    {
        int first = State.NextTrial;
        return Suggest(count).Start([.. Enumerable.Range(first, count)]);
    }

    /// <summary>A trial under way ends.</summary>
    public StudyScript Finish(int trial, TrialOutcome outcome)
    {
        int attempt = State.Live[trial].Attempt;
        return Then(at => new StudyEvent.Finished(at, trial, attempt, outcome));
    }

    /// <summary>A trial under way succeeds.</summary>
    public StudyScript Succeed(int trial, double loss) => Finish(trial, new TrialOutcome.Succeeded(loss));

    /// <summary>A trial under way fails.</summary>
    public StudyScript Fail(int trial, string message = "boom") =>
        Finish(trial, new TrialOutcome.Failed(FailureKind.Exception, message));

    /// <summary>A trial under way is stopped.</summary>
    public StudyScript Cancel(int trial) => Finish(trial, new TrialOutcome.Cancelled("asked"));

    /// <summary>The limits change.</summary>
    public StudyScript Change(LimitsChange change) => Then(at => new StudyEvent.LimitsChanged(at, change));

    /// <summary>The study ends.</summary>
    public StudyScript End(StopReason reason) => Then(at => new StudyEvent.Ended(at, reason));

    internal static ImmutableArray<SuggestedTrial> Trials(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(number => new SuggestedTrial(number, Point(number), "rand"))];

    private static ImmutableSortedDictionary<string, double> Point(int number) =>
        ImmutableSortedDictionary.Create<string, double>(StringComparer.Ordinal).Add("x", number);
}
