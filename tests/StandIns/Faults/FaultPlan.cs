using System.Collections.Immutable;

namespace FunctionTune.StandIns.Faults;

/// <summary>What goes wrong with the requests to a service. It can be changed at any time.</summary>
public sealed class FaultPlan
{
    private readonly Lock _gate = new();
    private readonly Random _random;
    private readonly Dictionary<string, int> _struck = new(StringComparer.Ordinal);
    private List<(Fault Fault, int Left)> _faults = [];

    /// <summary>A service that works.</summary>
    /// <param name="seed">Where chance begins.</param>
    public FaultPlan(int seed) => _random = new Random(seed);

    /// <summary>How many requests each kind of fault has struck, by its name, as <c>LostResponse</c>.</summary>
    public ImmutableSortedDictionary<string, int> Struck
    {
        get
        {
            lock (_gate)
            {
                return _struck.ToImmutableSortedDictionary(StringComparer.Ordinal);
            }
        }
    }

    /// <summary>Replaces the faults. Each request meets them in order; the first that strikes is the one it gets.</summary>
    /// <param name="faults">The faults; none for a service that works.</param>
    public void Set(params IEnumerable<Fault> faults)
    {
        lock (_gate)
        {
            _faults = [.. faults.Select(fault => (fault, fault.Times ?? int.MaxValue))];
        }
    }

    /// <summary>The fault that strikes a request; null when none does.</summary>
    /// <param name="endpoint">The request's endpoint.</param>
    public Fault? Draw(string endpoint)
    {
        lock (_gate)
        {
            for (int i = 0; i < _faults.Count; i++)
            {
                (Fault fault, int left) = _faults[i];
                if (
                    left > 0
                    && endpoint.StartsWith(fault.Endpoint ?? "", StringComparison.Ordinal)
                    && _random.NextDouble() < fault.Rate
                )
                {
                    _faults[i] = (fault, left - 1);
                    string name = fault.GetType().Name;
                    _struck[name] = _struck.GetValueOrDefault(name) + 1;
                    return fault;
                }
            }

            return null;
        }
    }
}
