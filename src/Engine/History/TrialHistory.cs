using FunctionTune.Spaces;

namespace FunctionTune.History;

/// <summary>
/// The trials of a study as suggesters see them, in the order of their numbers. It grows and is updated as the study goes
/// on, by one writer; it must not change while a suggester reads it.
/// </summary>
public sealed class TrialHistory
{
    private readonly SortedList<int, Observation> _observations = [];

    /// <summary>An empty history over <paramref name="space"/>.</summary>
    public TrialHistory(SearchSpace space) => Space = space;

    /// <summary>The space that every point lies in.</summary>
    public SearchSpace Space { get; }

    /// <summary>The trials in the order of their numbers.</summary>
    public IList<Observation> Observations => _observations.Values;

    /// <summary>Adds a trial, or replaces what is known of it.</summary>
    public void Record(Observation observation) => _observations[observation.Number] = observation;
}
