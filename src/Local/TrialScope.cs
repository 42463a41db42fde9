using System.Collections.Immutable;
using FunctionTune.History;

namespace FunctionTune.Local;

/// <summary>What an objective may know and tell while it runs.</summary>
public sealed class TrialScope
{
    private readonly Action<IntermediateValue> _report;

    internal TrialScope(int number, int attempt, Action<IntermediateValue> report, CancellationToken cancellationToken)
    {
        Number = number;
        Attempt = attempt;
        _report = report;
        CancellationToken = cancellationToken;
    }

    /// <summary>The trial's number, from 0; hyperopt's <c>tid</c>.</summary>
    public int Number { get; }

    /// <summary>The attempt, from 1.</summary>
    public int Attempt { get; }

    /// <summary>Signalled when the trial should stop: it timed out, or the study stops.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>Reports the loss on the way.</summary>
    /// <param name="step">The step, such as an epoch. Range: at least 0.</param>
    /// <param name="loss">The loss at that step; a value that is not finite is left out.</param>
    public void Report(long step, double loss) => Report(step, [KeyValuePair.Create("loss", loss)]);

    /// <summary>Reports several numbers on the way.</summary>
    /// <param name="step">The step, such as an epoch. Range: at least 0.</param>
    /// <param name="values">Numbers by name; those that are not finite are left out.</param>
    public void Report(long step, IEnumerable<KeyValuePair<string, double>> values)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        var finite = values.Where(v => double.IsFinite(v.Value)).ToImmutableSortedDictionary(StringComparer.Ordinal);
        if (!finite.IsEmpty)
        {
            _report(new IntermediateValue(step, finite));
        }
    }
}
