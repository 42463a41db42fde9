using System.Collections.Immutable;
using FunctionTune.History;
using FunctionTune.Studies;

namespace FunctionTune.Testing.Studies;

/// <summary>Turns moves into events.</summary>
internal sealed class StoryWriter
{
    private readonly StudyScript _script;
    private readonly List<StudyEvent> _late = [];

    public StoryWriter(StudyLimits limits) => _script = new StudyScript(limits);

    public IReadOnlyList<StudyEvent> Events => _script.Events;

    private StudyState State => _script.State;

    public void Play(StudyMove move)
    {
        StudyEvent? fact = move.Kind switch
        {
            < 56 => Answer(move),
            < 62 => HoldBack(Answer(move)),
            < 68 => BringBack(move),
            < 76 => _script.Events[move.Which % _script.Events.Count],
            < 80 => Stray(move),
            < 83 => Report(move),
            < 84 => Measured(move),
            < 88 => Control(move),
            < 92 => new StudyEvent.Resumed(_script.Now),
            < 93 => new StudyEvent.CancelRequested(_script.Now),
            < 97 => new StudyEvent.LimitsChanged(_script.Now, Change(move)),
            < 98 => new StudyEvent.HostReturned(_script.Now, _script.Now - TimeSpan.FromSeconds(move.Which % 9)),
            _ => new StudyEvent.TimeLimitReached(_script.Now, State.Deadline ?? StudySpecs.Start),
        };
        if (fact is not null)
        {
            _script.Then(_ => fact);
        }
    }

    internal static TrialOutcome Outcome(StudyMove move) =>
        (move.How % 28) switch
        {
            6 => new TrialOutcome.Failed(FailureKind.Exception, $"No file at {move.Which}."),
            7 => new TrialOutcome.Failed(FailureKind.Reported, "no") { Loss = move.Which },
            8 => new TrialOutcome.Lost("The machine is gone."),
            9 => new TrialOutcome.Interrupted(),
            10 => new TrialOutcome.Cancelled("asked"),
            11 => new TrialOutcome.Failed(FailureKind.NanLoss, "The loss is not a number."),
            12 => new TrialOutcome.Lost("The machine is gone.") { RetryAfter = TimeSpan.FromSeconds(move.Which) },
            13 => new TrialOutcome.Deferred("No room.", TimeSpan.FromSeconds(move.Which + 1)),
            14 => new TrialOutcome.Failed(FailureKind.Misconfigured, "There is no such cluster."),
            _ => new TrialOutcome.Succeeded((move.Which % 9) - 3),
        };

    private StudyEvent? Answer(StudyMove move)
    {
        ImmutableArray<StudyCommand> plan = StudyPlan.For(State);
        if (plan.IsEmpty)
        {
            return null;
        }

        DateTimeOffset now = _script.Now;
        return plan[move.Which % plan.Length] switch
        {
            StudyCommand.Suggest c => Suggested(c, move.How % 40 == 0),
            StudyCommand.Start c when move.How % 10 == 0 => new StudyEvent.Finished(
                now,
                c.Trial,
                c.Attempt,
                Outcome(move)
            ),
            StudyCommand.Start c => new StudyEvent.Started(
                now,
                c.Trial,
                c.Attempt,
                StudyScript.Handle(c.Trial, c.Attempt)
            ),
            StudyCommand.Watch c => new StudyEvent.Finished(now, c.Trial, c.Attempt, Outcome(move)),
            StudyCommand.Stop c => new StudyEvent.Finished(
                now,
                c.Trial,
                c.Attempt,
                new TrialOutcome.Cancelled("asked")
            ),
            StudyCommand.Wake c when move.How % 10 == 0 => new StudyEvent.TimeLimitReached(now, c.Deadline),
            StudyCommand.AskStopRule c => new StudyEvent.StopRuleAnswered(now, c.After, move.How % 10 == 0),
            StudyCommand.End c => new StudyEvent.Ended(now, c.Reason),
            _ => null,
        };
    }

    private StudyEvent.Suggested Suggested(StudyCommand.Suggest command, bool exhausted) =>
        new(
            _script.Now,
            _script.Events.Count,
            StudyScript.Trials(command.First, exhausted ? command.Count - 1 : command.Count),
            exhausted
        );

    private StudyEvent? HoldBack(StudyEvent? fact)
    {
        if (fact is not null)
        {
            _late.Add(fact);
        }

        return null;
    }

    private StudyEvent? BringBack(StudyMove move)
    {
        if (_late.Count == 0)
        {
            return null;
        }

        StudyEvent fact = _late[move.Which % _late.Count];
        _late.Remove(fact);
        return fact;
    }

    // What no command called for: a start of a trial that ended, suggestions once more, an end in the middle.
    private StudyEvent? Stray(StudyMove move)
    {
        if (State.NextTrial == 0)
        {
            return null;
        }

        int trial = move.Which % State.NextTrial;
        int kind = move.How % 4;
        return kind switch
        {
            0 => new StudyEvent.Started(_script.Now, trial, 1, StudyScript.Handle(trial, 1)),
            1 => new StudyEvent.Suggested(_script.Now, 0, StudyScript.Trials(trial, 1)),
            2 => new StudyEvent.Ended(_script.Now, (StopReason)(move.Which % 8)),
            _ => new StudyEvent.Finished(_script.Now, trial, 1, Outcome(move)),
        };
    }

    private StudyEvent.Reported? Report(StudyMove move)
    {
        if (State.Live.IsEmpty)
        {
            return null;
        }

        (int trial, LiveTrial live) = State.Live.ElementAt(move.Which % State.Live.Count);
        string name = move.How % 2 == 0 ? "loss" : "accuracy";
        return new StudyEvent.Reported(
            _script.Now,
            trial,
            live.Attempt,
            move.How % 4,
            ImmutableSortedDictionary.Create<string, double>(StringComparer.Ordinal).Add(name, move.Which)
        );
    }

    private StudyEvent.CapacityMeasured Measured(StudyMove move) =>
        new(_script.Now, (move.Which % 4) + 1, "as measured", move.How % 2 == 0 ? null : (move.How % 3) + 1);

    private StudyEvent Control(StudyMove move) =>
        move.How % 3 == 0 ? new StudyEvent.Paused(_script.Now) : new StudyEvent.Resumed(_script.Now);

    private static LimitsChange Change(StudyMove move) =>
        (move.How % 6) switch
        {
            0 => new LimitsChange { MaxEvals = (move.Which % 20) + 1 },
            1 => new LimitsChange { Parallelism = (move.Which % 5) + 1 },
            2 => new LimitsChange { Timeout = TimeSpan.FromMinutes((move.Which % 9) + 1) },
            3 => new LimitsChange { LossThreshold = (move.Which % 9) - 5 },
            4 => new LimitsChange { NoProgress = new NoProgress((move.Which % 5) + 1) },
            _ => new LimitsChange { MaxIdenticalFailures = (move.Which % 5) + 1 },
        };
}
