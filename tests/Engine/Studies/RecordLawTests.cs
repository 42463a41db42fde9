using FunctionTune.History;
using FunctionTune.Studies;
using FunctionTune.Testing.Studies;

namespace FunctionTune.Engine.Tests.Studies;

/// <summary>Laws of the record that people look at and suggesters learn from.</summary>
public sealed class RecordLawTests
{
    [Fact]
    public void The_record_agrees_with_a_plain_model() =>
        StudyLaws.Hold(story =>
        {
            var record = new StudyRecord();
            var naive = new NaiveStudy(story.Limits.MaxAttempts);
            foreach (StudyEvent fact in story.Events)
            {
                bool wasOver = record.State.IsOver;
                record.Apply(fact);
                naive.Apply(fact, wasOver, record.State.IsOver);
            }

            Assert.Equal(naive.Trials.Select(t => t.State), record.Trials.Select(t => t.State));
            Assert.Equal(naive.Trials.Select(t => t.Loss), record.Trials.Select(t => t.Loss));
            Assert.Equal(naive.Completed, record.Completed);
            foreach ((NaiveTrial expected, TrialRecord trial) in naive.Trials.Zip(record.Trials))
            {
                Assert.Equal(
                    expected.Values.OrderBy(v => v.Key).Select(v => (v.Key.Step, v.Key.Name, v.Value)),
                    trial
                        .Values.SelectMany(v => v.Values.Select(pair => (v.Step, pair.Key, pair.Value)))
                        .OrderBy(v => (v.Step, v.Key))
                );
            }
        });

    [Fact]
    public void The_record_has_the_state_of_the_fold_and_its_counts() =>
        StudyLaws.Hold(story =>
        {
            var record = StudyRecord.From(story.Events);
            TrialCounts counts = record.State.Counts;

            Assert.Equal(StudyLaws.Canonical(story.States()[^1]), StudyLaws.Canonical(record.State));
            Assert.Equal(story.Events.Length, record.Version);
            Assert.Equal(record.State.NextTrial, record.Trials.Count);
            Assert.Equal(counts.Succeeded, record.Trials.Count(t => t.State == TrialState.Succeeded));
            Assert.Equal(counts.Failed, record.Trials.Count(t => t.State == TrialState.Failed));
            Assert.Equal(counts.Cancelled, record.Trials.Count(t => t.State == TrialState.Cancelled));
            Assert.Equal(counts.Lost, record.Trials.Count(t => t.State == TrialState.Lost));
            Assert.Equal(counts.Completed, record.Completed.Count);
            Assert.Equal(record.State.Best?.Loss, record.Best?.Loss);
        });

    [Fact]
    public void Repeating_every_event_at_the_end_changes_no_trial() =>
        StudyLaws.Hold(story =>
        {
            var record = StudyRecord.From(story.Events);
            string before = StudyLaws.Canonical(record.Trials);

            foreach (StudyEvent fact in story.Events.Where(fact => fact is not StudyEvent.Ended))
            {
                record.Apply(fact);
            }

            Assert.Equal(before, StudyLaws.Canonical(record.Trials));
        });

    [Fact]
    public void What_was_written_and_read_folds_to_the_same() =>
        StudyLaws.Hold(story =>
        {
            StudyEvent[] read = [.. story.Events.Select(fact => StudyJson.Read(StudyJson.Write(fact)))];

            var before = StudyRecord.From(story.Events);
            var after = StudyRecord.From(read);

            Assert.Equal(StudyLaws.Canonical(before.State), StudyLaws.Canonical(after.State));
            Assert.Equal(StudyLaws.Canonical(before.Trials), StudyLaws.Canonical(after.Trials));
            Assert.Equal(story.Events.Select(Text), read.Select(Text));
        });

    [Fact]
    public void Suggesters_see_what_is_known_of_each_trial() =>
        StudyLaws.Hold(story =>
        {
            var record = StudyRecord.From(story.Events);
            if (record.Version == 0)
            {
                return;
            }

            Assert.Equal(record.Trials.Count, record.History.Observations.Count);
            foreach ((TrialRecord trial, Observation seen) in record.Trials.Zip(record.History.Observations))
            {
                bool pending = trial.State is TrialState.Waiting or TrialState.Running;
                Assert.Equal(pending, seen.Kind == LossKind.Pending);
                Assert.Equal(trial.Number, seen.Number);
                Assert.Equal(trial.State == TrialState.Succeeded ? trial.Loss : null, Loss(trial, seen));
            }
        });

    // The finite loss that came with a reported failure is for suggesters only.
    private static double? Loss(TrialRecord trial, Observation seen) =>
        seen.Kind == LossKind.Finite && trial.Outcome is not TrialOutcome.Failed ? seen.Loss : null;

    private static string Text(StudyEvent fact) => System.Text.Encoding.UTF8.GetString(StudyJson.Write(fact));
}
