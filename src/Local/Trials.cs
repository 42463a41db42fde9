using System.Collections;
using FunctionTune.History;
using FunctionTune.Studies;

namespace FunctionTune.Local;

/// <summary>
/// A study's trials to look at, by number; hyperopt's <c>Trials</c>. Unlike there, trials that raised an error are in it too,
/// and values are the values themselves, never the index of an option.
/// </summary>
public sealed class Trials : IReadOnlyList<Trial>
{
    private readonly List<Trial> _trials;

    /// <summary>All trials of a study.</summary>
    /// <param name="record">The study.</param>
    public Trials(StudyRecord record)
        : this(record, record.Trials) { }

    internal Trials(StudyRecord record, int completed)
        : this(record, record.Completed.Take(completed).Select(number => record.Trials[number])) { }

    private Trials(StudyRecord record, IEnumerable<TrialRecord> trials) =>
        _trials = [.. trials.Select(trial => new Trial(record.Spec.Space, trial))];

    /// <inheritdoc/>
    public int Count => _trials.Count;

    /// <inheritdoc/>
    public Trial this[int index] => _trials[index];

    /// <summary>The trial with the lowest loss, of equal ones the lowest number; null when none succeeded.</summary>
    public Trial? BestTrial =>
        _trials
            .Where(trial => trial.Loss is not null)
            .OrderBy(trial => trial.Loss)
            .ThenBy(trial => trial.Tid)
            .FirstOrDefault();

    /// <summary>The numbers of the trials.</summary>
    public IReadOnlyList<int> Tids => [.. _trials.Select(trial => trial.Tid)];

    /// <summary>The losses, null where a trial has none.</summary>
    public IReadOnlyList<double?> Losses() => [.. _trials.Select(trial => trial.Loss)];

    /// <summary>Where each trial stands.</summary>
    public IReadOnlyList<TrialState> Statuses() => [.. _trials.Select(trial => trial.State)];

    /// <inheritdoc/>
    public IEnumerator<Trial> GetEnumerator() => _trials.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
