using FunctionTune.History;
using FunctionTune.Hosting;
using FunctionTune.Studies;
using FunctionTune.Testing.Durable;
using FunctionTune.Testing.Scripted;
using FunctionTune.Testing.Studies;

namespace FunctionTune.Service.Tests.Durable;

/// <summary>What holds of a study that was played to its end, whatever went wrong on the way.</summary>
internal static class PlayedLaws
{
    public static void Hold(DurablePlay play)
    {
        Assert.True(play.Record.State.IsOver);
        EachEventCounts(play);
        EachOutcomeIsTheCluster(play);
        NoMoreThanAllowed(play);
        SuggestionsComeFromTheLog(play);
        AgreesWithThePlainWay(play);
        NothingIsLeftRunning(play);
    }

    /// <summary>No event is there twice: each one changed the study. A wish may be of no consequence.</summary>
    private static void EachEventCounts(DurablePlay play)
    {
        StudyState state = StudyState.Empty;
        var reports = new HashSet<(int, int, long)>();
        foreach (StudyEvent fact in play.Log)
        {
            StudyState next = StudyReducer.Reduce(state, fact);
            bool counts = fact is StudyEvent.Reported report
                ? reports.Add((report.Trial, report.Attempt, report.Step))
                : !ReferenceEquals(next, state);
            Assert.True(counts, $"The log holds what changes nothing: {fact}");
            state = next;
        }
    }

    /// <summary>How an attempt ended is what its run did, or what came of starting it.</summary>
    private static void EachOutcomeIsTheCluster(DurablePlay play)
    {
        Dictionary<(int, int), ScriptedRun> runs = play.Cluster.Runs.ToDictionary(r =>
            (r.Start.Trial, r.Start.Attempt)
        );
        foreach (StudyEvent.Finished finished in play.Log.OfType<StudyEvent.Finished>())
        {
            if (runs.TryGetValue((finished.Trial, finished.Attempt), out ScriptedRun? run))
            {
                Assert.Equal(StudyLaws.Canonical(run.Outcome), StudyLaws.Canonical(finished.Outcome));
                Assert.True(run.Ends <= finished.At);
            }
            else
            {
                Assert.IsNotType<TrialOutcome.Succeeded>(finished.Outcome);
            }
        }
    }

    private static void NoMoreThanAllowed(DurablePlay play)
    {
        StudyState state = StudyState.Empty;
        foreach (StudyEvent fact in play.Log)
        {
            StudyState next = StudyReducer.Reduce(state, fact);
            if (next.Live.Count > state.Live.Count)
            {
                // A limit may have been lowered while a start was under way.
                Assert.True(next.Live.Count <= Slots(play), $"{next.Live.Count} trials are under way after {fact}");
            }

            Assert.True(next.NextTrial <= state.NextTrial || next.NextTrial <= state.Limits.MaxEvals);
            state = next;
        }
    }

    private static int Slots(DurablePlay play)
    {
        int most = 1;
        StudyState state = StudyState.Empty;
        foreach (StudyEvent fact in play.Log)
        {
            state = StudyReducer.Reduce(state, fact);
            most = Math.Max(most, state.Slots);
        }

        return most;
    }

    /// <summary>Each suggestion follows from the study's seed and the events that it says it has seen.</summary>
    private static void SuggestionsComeFromTheLog(DurablePlay play)
    {
        ReplayedSuggestion[] replayed = [.. StudyReplay.Play(play.Log, Suggesters.BuiltIn)];

        Assert.Equal(play.Record.Trials.Count, replayed.Sum(suggestion => suggestion.Logged.Trials.Length));
        Assert.Empty(replayed.SelectMany(suggestion => suggestion.Differences));
    }

    private static void AgreesWithThePlainWay(DurablePlay play)
    {
        var record = new StudyRecord();
        var plain = new NaiveStudy(play.Record.State.Limits.MaxAttempts);
        foreach (StudyEvent fact in play.Log)
        {
            bool wasOver = record.State.IsOver;
            record.Apply(fact);
            plain.Apply(fact, wasOver, record.State.IsOver);
        }

        Assert.Equal(plain.Trials.Select(t => t.State), record.Trials.Select(t => t.State));
        Assert.Equal(plain.Completed, record.Completed);
        Assert.Equal(record.Trials.Count, record.State.Counts.Completed + record.State.Counts.Cancelled);
    }

    private static void NothingIsLeftRunning(DurablePlay play) =>
        Assert.All(play.Cluster.UnderWay, run => Assert.True(run.IsStopped, $"Nobody stopped {run.Start.Trial}."));
}
