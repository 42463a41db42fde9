using System.Collections.Immutable;
using System.Text.Json;
using FunctionTune.History;
using FunctionTune.Spaces;
using FunctionTune.Suggest.Tpe;

namespace FunctionTune.Golden.Tests.Tpe;

/// <summary>A recorded history, read into the engine's own.</summary>
internal sealed class RecordedHistory
{
    private const int Done = 2;

    private readonly HistoryIndex _index;
    private readonly double _gamma;

    private RecordedHistory(JsonElement json)
    {
        Json = json;
        _gamma = json.GetProperty("gamma").GetDouble();
        Parameters =
        [
            .. json.GetProperty("params").EnumerateObject().Select((p, i) => RecordedParameter.Of(p.Name, i, p.Value)),
        ];

        // Conditions do not matter here: every trial says itself which of its parameters are active.
        var entries = Parameters.Select(p => KeyValuePair.Create(p.Label, Node(p)));
        var history = new TrialHistory(SearchSpace.Create(new SpaceNode.Dict([.. entries])));
        foreach (JsonElement trial in json.GetProperty("trials").EnumerateArray())
        {
            history.Record(Observe(trial));
        }

        _index = history.Index;
    }

    /// <summary>What was recorded.</summary>
    public JsonElement Json { get; }

    /// <summary>The parameters in the order of the record.</summary>
    public ImmutableArray<RecordedParameter> Parameters { get; }

    /// <summary>Numbers of the trials that TPE learns from.</summary>
    public int[] Used => [.. _index.Numbers];

    /// <summary>Numbers of the good ones.</summary>
    public int[] Below
    {
        get
        {
            int[] below = new int[HistorySplit.CountBelow(_index.Losses.Length, _gamma)];
            HistorySplit.FindBelow(NumpyRanks() ?? [.. _index.Losses], below);
            return [.. below.Select(position => _index.Numbers[position])];
        }
    }

    /// <summary>Reads a history by its name.</summary>
    public static RecordedHistory Of(string name) =>
        new(
            GoldenData
                .Hyperopt.GetProperty("histories")
                .EnumerateArray()
                .Single(h => h.GetProperty("name").ValueEquals(name))
        );

    /// <summary>The raw observations of one side, in the order of time.</summary>
    public double[] Raw(RecordedParameter parameter, bool below) =>
        [
            .. Json.GetProperty("trials")
                .EnumerateArray()
                .Where(trial => IsOnSide(trial.GetProperty("tid").GetInt32(), below))
                .Select(trial => Observe(trial).Point[parameter.Index])
                .Where(value => !double.IsNaN(value)),
        ];

    /// <summary>The engine's mixture of one side.</summary>
    public Fit Fit(RecordedParameter parameter, bool below)
    {
        ParameterColumn column = _index.Columns[parameter.Index];
        var label = new LabelHistory(column, Below, new int[HistorySplit.MaxBelow]);
        double[] sorted = new double[below ? label.BelowCount : label.AboveCount];
        double[] weights = new double[sorted.Length];
        if (below)
        {
            label.CopyBelow(sorted);
            Array.Sort(sorted);
            Array.Fill(weights, 1);
        }
        else
        {
            double[] inTime = new double[label.All.Length];
            label.WeighAbove(inTime);
            label.SortAbove(inTime, sorted, weights);
            weights =
                NumpyOrder(parameter)?.Select(rank => inTime.Where(weight => weight > 0).ElementAt(rank)).ToArray()
                ?? weights;
        }

        return Tpe.Fit.Of(sorted, weights, parameter.Numeric!.Value, PriorWeight);
    }

    /// <summary>The engine's log probabilities of every option on one side.</summary>
    public double[] LogProbabilities(RecordedParameter parameter, bool below)
    {
        var label = new LabelHistory(_index.Columns[parameter.Index], Below, new int[HistorySplit.MaxBelow]);
        double[] observations = below ? new double[label.BelowCount] : [.. label.All];
        double[] weights = new double[observations.Length];
        if (below)
        {
            label.CopyBelow(observations);
            Array.Fill(weights, 1);
        }
        else
        {
            label.WeighAbove(weights);
        }

        CategoricalPrior prior = parameter.Categorical!.Value;
        var posterior = new CategoricalPosterior(
            observations,
            weights,
            prior,
            PriorWeight,
            new double[CategoricalPosterior.MaxTable]
        );
        double[] logs = new double[(int)prior.Count];
        for (int option = 0; option < logs.Length; option++)
        {
            logs[option] = posterior.LogProbabilityOf(option);
        }

        return logs;
    }

    // NumPy's quicksort leaves open in which order equal numbers come: which of equal losses is good, and which of the
    // weights of equal observations meets which deviation. The order that it took was recorded where it shows.
    private double[]? NumpyRanks() =>
        NumpyOrders("losses")
            .Select(row => row.Integers("order"))
            .Select(order => order.Select((_, i) => (double)Array.IndexOf(order, i)).ToArray())
            .SingleOrDefault();

    private int[]? NumpyOrder(RecordedParameter parameter) =>
        NumpyOrders("observations_above")
            .Where(row => row.GetProperty("label").ValueEquals(parameter.Label))
            .Select(row => row.Integers("order"))
            .SingleOrDefault();

    private IEnumerable<JsonElement> NumpyOrders(string of) =>
        GoldenData
            .Scipy.GetProperty("argsort")
            .GetProperty(of)
            .EnumerateArray()
            .Where(row => row.GetProperty("history").ValueEquals(Json.GetProperty("name").GetString()));

    private double PriorWeight => Json.GetProperty("prior_weight").GetDouble();

    private bool IsOnSide(int number, bool below) => Used.Contains(number) && Below.Contains(number) == below;

    private static SpaceNode Node(RecordedParameter parameter) =>
        parameter.Prior is Distribution.PChoice choice
            ? new SpaceNode.Choice(parameter.Label, choice, [.. choice.Probabilities.Select(p => (SpaceNode)p)])
            : new SpaceNode.Number(parameter.Label, parameter.Prior);

    private Observation Observe(JsonElement trial)
    {
        JsonElement values = trial.GetProperty("vals");
        var point = new Point([
            .. Parameters.Select(p => values.TryGetProperty(p.Label, out JsonElement v) ? v.Number() : double.NaN),
        ]);
        (LossKind kind, double loss) = Loss(trial);
        return new Observation(trial.GetProperty("tid").GetInt32(), point, kind, loss, double.NaN);
    }

    private static (LossKind Kind, double Loss) Loss(JsonElement trial)
    {
        JsonElement loss = trial.GetProperty("loss");
        int state = trial.GetProperty("state").GetInt32();
        return (state, loss.ValueKind, loss.Number()) switch
        {
            (> Done, _, _) => (LossKind.None, double.NaN),
            (< Done, _, _) => (LossKind.Pending, double.NaN),
            (_, JsonValueKind.Null, _) or (_, _, double.PositiveInfinity) => (LossKind.Bad, double.NaN),
            (_, _, double.NaN) => (LossKind.None, double.NaN),
            (_, _, double number) => (LossKind.Finite, number),
        };
    }
}
