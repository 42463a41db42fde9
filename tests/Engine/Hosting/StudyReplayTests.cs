using System.Diagnostics;
using FunctionTune.History;
using FunctionTune.Hosting;
using FunctionTune.Spaces;
using FunctionTune.Studies;
using FunctionTune.Suggest;
using FunctionTune.Testing.Studies;
using FunctionTune.Testing.Suggest;

namespace FunctionTune.Engine.Tests.Hosting;

/// <summary>What the hosts' logs give when they are replayed is tested with the hosts.</summary>
public sealed class StudyReplayTests
{
    private static readonly Suggesters s_suggesters = Suggesters.BuiltIn.With(
        "scripted",
        _ => new ScriptedSuggester(
            (number, suggestion) =>
                suggestion with
                {
                    Source = number % 3 == 0 ? "odd" : "even",
                    Reason = "so it is",
                    Why = new Explanation { Score = number },
                }
        )
    );

    [Theory]
    [InlineData("tpe", false)]
    [InlineData("scripted", true)]
    public void A_study_comes_out_again(string algo, bool explain)
    {
        List<StudyEvent> log = Play(algo, explain, trials: 80);

        ReplayedSuggestion[] again = [.. StudyReplay.Play(log, s_suggesters)];

        Assert.Equal(80, again.Sum(suggestion => suggestion.Computed.Length));
        Assert.Empty(again.SelectMany(suggestion => suggestion.Differences));
    }

    [Fact]
    public void One_flipped_bit_is_found()
    {
        List<StudyEvent> log = Play("tpe", explain: false, trials: 60);
        int line = log.FindIndex(fact => fact is StudyEvent.Suggested { Trials: [{ Number: >= 40 }, ..] });
        var made = (StudyEvent.Suggested)log[line];
        double value = made.Trials[0].Point["x"];
        log[line] = made with
        {
            Trials = made.Trials.SetItem(
                0,
                made.Trials[0] with
                {
                    Point = made.Trials[0].Point.SetItem("x", Math.BitIncrement(value)),
                }
            ),
        };

        ReplayDifference first = StudyReplay.Play(log, s_suggesters).SelectMany(again => again.Differences).First();

        Assert.Equal((made.Trials[0].Number, "x"), (first.Trial, first.What));
        Assert.NotEqual(first.Logged, first.Computed);
    }

    [Fact]
    public void A_changed_loss_is_found_by_what_it_leads_to()
    {
        List<StudyEvent> log = Play("tpe", explain: false, trials: 60);
        int line = log.FindIndex(fact => fact is StudyEvent.Finished { Trial: 30 });
        log[line] = ((StudyEvent.Finished)log[line]) with { Outcome = new TrialOutcome.Succeeded(-1e6) };

        Assert.NotEmpty(StudyReplay.Play(log, s_suggesters).SelectMany(again => again.Differences));
    }

    [Fact]
    public void Reasons_that_the_log_does_not_keep_are_computed()
    {
        List<StudyEvent> log = Play("scripted", explain: false, trials: 10);

        ReplayedSuggestion again = StudyReplay.Explain(log, s_suggesters, trial: 7)!;
        SuggestedTrial trial = again.Computed.Single(computed => computed.Number == 7);

        Assert.Equal(("even", "so it is", 7.0), (trial.Source, trial.Reason, trial.Why!.Score));
        Assert.Empty(again.Differences);
        Assert.Null(StudyReplay.Explain(log, s_suggesters, trial: 10));
    }

    [Fact]
    public void A_space_that_ends_is_asked_for_as_much_as_it_was()
    {
        List<StudyEvent> log = [Created(Hp.RandInt("x", 7), "distinct", explain: false, trials: 20)];
        Suggesters distinct = Suggesters.BuiltIn.With(
            "distinct",
            _ => new DistinctSuggester(new RandomSuggester(), redraws: 1)
        );
        Play(log, distinct);

        Assert.Contains(log, fact => fact is StudyEvent.Suggested { Exhausted: true });
        Assert.Equal(new StudyCommand.End(StopReason.SpaceExhausted), StudyPlan.For(StudyRecord.From(log).State)[0]);
        Assert.Empty(StudyReplay.Play(log, distinct).SelectMany(again => again.Differences));
    }

    [Fact]
    public void A_suggestion_that_came_twice_is_looked_at_once()
    {
        List<StudyEvent> log = Play("rand", explain: false, trials: 10);
        log.AddRange([.. log.OfType<StudyEvent.Suggested>()]);

        Assert.Equal(10, StudyReplay.Play(log, s_suggesters).Sum(again => again.Computed.Length));
    }

    [Fact]
    public void The_log_of_ten_thousand_trials_is_folded_once()
    {
        List<StudyEvent> log = Play("rand", explain: false, trials: 10_000);
        var clock = Stopwatch.StartNew();

        Assert.Empty(StudyReplay.Play(log, s_suggesters).SelectMany(again => again.Differences));
        // A fold for each suggestion would take minutes.
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    private static List<StudyEvent> Play(string algo, bool explain, int trials)
    {
        SpaceNode space = Hp.List(Hp.Uniform("x", -5, 5), Hp.Choice("kind", "a", Hp.RandInt("n", 9)));
        List<StudyEvent> log = [Created(space, algo, explain, trials)];
        Play(log, s_suggesters);
        return log;
    }

    /// <summary>Up to three trials at once, of which the oldest ends whenever another one may begin.</summary>
    private static void Play(List<StudyEvent> log, Suggesters suggesters)
    {
        var record = StudyRecord.From(log);
        ISuggester suggester = suggesters.Create(record.Spec.Algo);
        while (StudyPlan.For(record.State).All(command => command is not StudyCommand.End))
        {
            StudyEvent next = StudyPlan.For(record.State) switch
            {
                var plan when plan.OfType<StudyCommand.Start>().FirstOrDefault() is { } start => new StudyEvent.Started(
                    StudySpecs.Start,
                    start.Trial,
                    start.Attempt,
                    StudyScript.Handle(start.Trial, 1)
                ),
                var plan when plan.OfType<StudyCommand.Suggest>().FirstOrDefault() is { } ask => SuggestStep.Answer(
                    ask,
                    record,
                    suggester,
                    StudySpecs.Start
                ),
                _ => End(record.State.Live.First()),
            };
            log.Add(next);
            record.Apply(next);
        }
    }

    private static StudyEvent.Finished End(KeyValuePair<int, LiveTrial> live) =>
        new(
            StudySpecs.Start,
            live.Key,
            live.Value.Attempt,
            live.Key % 7 == 3
                ? new TrialOutcome.Failed(FailureKind.Reported, "no")
                : new TrialOutcome.Succeeded(Math.Sin(live.Key))
        );

    private static StudyEvent.Created Created(SpaceNode space, string algo, bool explain, int trials)
    {
        var limits = new StudyLimits
        {
            MaxEvals = trials,
            Parallelism = 3,
            MaxIdenticalFailures = null,
        };
        var spec = new StudySpec(
            "replayed",
            SearchSpace.Create(space),
            new AlgoSpec(algo),
            9,
            limits,
            new TrialSpec.InProcess()
        )
        {
            Explain = explain,
        };
        return new StudyEvent.Created(StudySpecs.Start, StudyJson.Format, StudySpecs.Id, spec);
    }
}
