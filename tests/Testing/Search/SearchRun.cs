using FunctionTune.History;
using FunctionTune.Spaces;
using FunctionTune.Suggest;

namespace FunctionTune.Testing.Search;

/// <summary>One search of an objective, played without waiting.</summary>
/// <param name="objective">What is minimised.</param>
/// <param name="suggester">Who searches.</param>
/// <param name="seed">All randomness of the run follows from it.</param>
/// <param name="inFlight">
/// How many trials run at once. Above 1 each takes between 0.5 and 1.5 of a virtual second, is told when it ends, and
/// is followed by one more suggestion. Range: at least 1.
/// </param>
public sealed class SearchRun(Objective objective, ISuggester suggester, ulong seed, int inFlight = 1)
{
    private readonly TrialHistory _history = new(objective.Space);
    private readonly PriorityQueue<int, double> _running = new();
    private readonly Random _noise = new(unchecked((int)seed));
    private readonly Random _durations = new(unchecked((int)seed + 1));
    private double _bestSeen = double.PositiveInfinity;
    private double _bestTrue = double.PositiveInfinity;

    /// <summary>What was tried, with what came out.</summary>
    public TrialHistory History => _history;

    /// <summary>
    /// Evaluates <paramref name="trials"/> points. Element i is the loss without noise of the trial that looked best after
    /// i + 1 trials had ended.
    /// </summary>
    public double[] Play(int trials)
    {
        double[] curve = new double[trials];
        double now = 0;
        int begun = 0;
        for (int ended = 0; ended < trials; ended++)
        {
            for (; begun < trials && _running.Count < inFlight; begun++)
            {
                Begin(begun, trials, now);
            }

            _running.TryDequeue(out int number, out now);
            End(number);
            curve[ended] = _bestTrue;
        }

        return curve;
    }

    private void Begin(int number, int trials, double now)
    {
        var request = new SuggestRequest(_history, number, Count: 1, seed)
        {
            MaxEvals = trials,
            Parallelism = inFlight,
        };
        Point point = suggester.Suggest(request)[0].Point;
        _history.Record(new Observation(number, point, LossKind.Pending, double.NaN, double.NaN));
        _running.Enqueue(number, inFlight == 1 ? number : now + 0.5 + _durations.NextDouble());
    }

    private void End(int number)
    {
        Point point = _history.Observations[number].Point;
        double truth = objective.At(point);
        double seen = truth + (objective.NoiseDeviation * Normal());
        (_bestSeen, _bestTrue) = seen < _bestSeen ? (seen, truth) : (_bestSeen, _bestTrue);
        _history.Record(new Observation(number, point, LossKind.Finite, seen, double.NaN));
    }

    private double Normal() =>
        Math.Sqrt(-2 * Math.Log(1 - _noise.NextDouble())) * Math.Cos(2 * Math.PI * _noise.NextDouble());
}
