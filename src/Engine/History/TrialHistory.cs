using FunctionTune.Spaces;

namespace FunctionTune.History;

/// <summary>
/// The trials of a study as suggesters see them, in the order of their numbers. It grows and is updated as the study goes
/// on, by one writer; it must not change while a suggester reads it.
/// </summary>
public sealed class TrialHistory
{
    private readonly SortedList<int, Observation> _observations = [];
    private HistoryIndex? _index;
    private TriedPoints? _tried;

    /// <summary>An empty history over <paramref name="space"/>.</summary>
    public TrialHistory(SearchSpace space) => Space = space;

    /// <summary>The space that every point lies in.</summary>
    public SearchSpace Space { get; }

    /// <summary>The trials in the order of their numbers.</summary>
    public IList<Observation> Observations => _observations.Values;

    /// <summary>
    /// The same trials in columns. Made when a suggester first asks for it, kept up to date from then on: a study that
    /// needs none pays nothing. Two readers that ask at once both make it, from the same trials, and one of the two stays.
    /// </summary>
    internal HistoryIndex Index
    {
        get
        {
            if (Volatile.Read(ref _index) is { } known)
            {
                return known;
            }

            var made = new HistoryIndex(Space);
            foreach (Observation observation in _observations.Values)
            {
                made.Record(observation);
            }

            return Interlocked.CompareExchange(ref _index, made, null) ?? made;
        }
    }

    /// <summary>The points of all trials, whatever became of these; made and kept up to date like <see cref="Index"/>.</summary>
    internal TriedPoints Tried
    {
        get
        {
            if (Volatile.Read(ref _tried) is { } known)
            {
                return known;
            }

            var made = new TriedPoints();
            foreach (Observation observation in _observations.Values)
            {
                made.Add(observation.Point);
            }

            return Interlocked.CompareExchange(ref _tried, made, null) ?? made;
        }
    }

    /// <summary>Adds a trial, or replaces what is known of it.</summary>
    public void Record(Observation observation)
    {
        if (_tried is { } tried)
        {
            if (_observations.TryGetValue(observation.Number, out Observation before))
            {
                tried.Remove(before.Point);
            }

            tried.Add(observation.Point);
        }

        _observations[observation.Number] = observation;
        _index?.Record(observation);
    }

    /// <summary>A history of its own with the same trials, for a suggester that adds what it has just suggested.</summary>
    internal TrialHistory Copy()
    {
        var copy = new TrialHistory(Space);
        foreach (Observation observation in _observations.Values)
        {
            copy._observations.Add(observation.Number, observation);
        }

        copy._index = Index.Copy(room: 1);
        return copy;
    }
}
