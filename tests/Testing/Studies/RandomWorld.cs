using System.Collections.Immutable;
using FunctionTune.Studies;

namespace FunctionTune.Testing.Studies;

/// <summary>
/// Carries out commands in a random order, several at a time, as a host with its runner would: a start before its watch, an
/// end when nothing is under way.
/// </summary>
/// <param name="seed">All that is random follows from it.</param>
public sealed class RandomWorld(int seed)
{
    private readonly Random _random = new(seed);
    private readonly List<StudyCommand> _asked = [];
    private readonly HashSet<(int Trial, int Attempt)> _stopped = [];
    private int _turns;

    /// <summary>The attempts that were asked for and have not ended.</summary>
    public ISet<(int Trial, int Attempt)> UnderWay { get; } = new HashSet<(int Trial, int Attempt)>();

    /// <summary>Every attempt that was ever asked for.</summary>
    public IList<(int Trial, int Attempt)> Started { get; } = [];

    /// <summary>Takes in requests.</summary>
    public void Ask(IEnumerable<StudyCommand> commands)
    {
        foreach (StudyCommand command in commands)
        {
            if (command is StudyCommand.Start start)
            {
                UnderWay.Add((start.Trial, start.Attempt));
                Started.Add((start.Trial, start.Attempt));
            }

            if (command is StudyCommand.Stop stop)
            {
                _stopped.Add((stop.Trial, stop.Attempt));
            }
            else
            {
                _asked.Add(command);
            }
        }
    }

    /// <summary>The events of one turn: at least one.</summary>
    public ImmutableArray<StudyEvent> Turn()
    {
        DateTimeOffset now = StudySpecs.Start + TimeSpan.FromSeconds(++_turns);
        var events = ImmutableArray.CreateBuilder<StudyEvent>();
        for (int tries = 0; events.Count == 0 || _random.Next(3) == 0; tries++)
        {
            Assert.True(tries < 10_000, "Nothing is under way, and the study is not over.");
            if (_asked.Count > 0)
            {
                int index = _random.Next(_asked.Count);
                if (Answer(_asked[index], now) is { } fact)
                {
                    _asked.RemoveAt(index);
                    events.Add(fact);
                }
            }
        }

        return events.ToImmutable();
    }

    private StudyEvent? Answer(StudyCommand command, DateTimeOffset now) =>
        command switch
        {
            StudyCommand.Suggest c => new StudyEvent.Suggested(now, 0, StudyScript.Trials(c.First, c.Count)),
            StudyCommand.Start c when _random.Next(8) == 0 => Finish(c.Trial, c.Attempt, now),
            StudyCommand.Start c => new StudyEvent.Started(
                now,
                c.Trial,
                c.Attempt,
                StudyScript.Handle(c.Trial, c.Attempt)
            ),
            StudyCommand.Watch c when _random.Next(2) == 0 => Finish(c.Trial, c.Attempt, now),
            StudyCommand.Wake c when _random.Next(20) == 0 => new StudyEvent.TimeLimitReached(now, c.Deadline),
            StudyCommand.AskStopRule c => new StudyEvent.StopRuleAnswered(now, c.After, _random.Next(30) == 0),
            StudyCommand.End c when !_asked.OfType<StudyCommand.Start>().Any() => new StudyEvent.Ended(now, c.Reason),
            _ => null,
        };

    private StudyEvent.Finished Finish(int trial, int attempt, DateTimeOffset now)
    {
        UnderWay.Remove((trial, attempt));
        var move = new StudyMove(0, _random.Next(1000), _random.Next(10));
        return new StudyEvent.Finished(
            now,
            trial,
            attempt,
            _stopped.Contains((trial, attempt))
                ? new History.TrialOutcome.Cancelled("asked")
                : StoryWriter.Outcome(move)
        );
    }
}
