using System.Collections;
using System.Collections.Immutable;
using FunctionTune.History;

namespace FunctionTune.Studies;

/// <summary>
/// What an attempt reported on its way, in the order of reporting, each step once. Immutable; a report costs the same after
/// a hundred thousand of them.
/// </summary>
public sealed class ReportedValues : IReadOnlyList<IntermediateValue>
{
    /// <summary>Nothing reported.</summary>
    public static readonly ReportedValues None = new([], ImmutableDictionary<long, int>.Empty);

    private readonly ImmutableList<IntermediateValue> _values;
    private readonly ImmutableDictionary<long, int> _places;

    private ReportedValues(ImmutableList<IntermediateValue> values, ImmutableDictionary<long, int> places) =>
        (_values, _places) = (values, places);

    /// <inheritdoc/>
    public int Count => _values.Count;

    /// <inheritdoc/>
    public IntermediateValue this[int index] => _values[index];

    /// <inheritdoc/>
    public IEnumerator<IntermediateValue> GetEnumerator() => _values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Whether all of a report is known.</summary>
    /// <param name="report">The report.</param>
    public bool Holds(IntermediateValue report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return _places.TryGetValue(report.Step, out int place)
            && report.Values.Keys.All(_values[place].Values.ContainsKey);
    }

    /// <summary>
    /// These and one more. A step may be reported in parts; what was said of it first stands, so that a repeated report
    /// changes nothing.
    /// </summary>
    internal ReportedValues With(IntermediateValue report)
    {
        if (!_places.TryGetValue(report.Step, out int place))
        {
            return new ReportedValues(_values.Add(report), _places.Add(report.Step, _values.Count));
        }

        IntermediateValue known = _values[place];
        IntermediateValue whole = known with { Values = report.Values.SetItems(known.Values) };
        return new ReportedValues(_values.SetItem(place, whole), _places);
    }
}
