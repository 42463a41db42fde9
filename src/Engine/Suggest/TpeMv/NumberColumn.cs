using FunctionTune.History;
using FunctionTune.Spaces;

namespace FunctionTune.Suggest.TpeMv;

/// <summary>One numeric parameter in the trials of a split: the places of its values and the width of their kernels.</summary>
internal sealed class NumberColumn
{
    // How many trials' weight the prior's deviation has in the spread of the good ones: it keeps a spread above zero.
    private const double PriorTrials = 0.1;

    // No kernel is narrower than this part of the prior's deviation: the resolution of the search.
    private const double Narrowest = 1e-3;

    private readonly double _unit;

    /// <summary>The column of a parameter.</summary>
    /// <param name="parameter">Its index.</param>
    /// <param name="prior">Its prior.</param>
    /// <param name="index">The trials.</param>
    /// <param name="split">Which of them count.</param>
    /// <param name="dimensions">How many parameters are modelled together.</param>
    /// <param name="scaled">
    /// Where the places are written, in units of width times the root of 2; NaN where the parameter is inactive. Shape
    /// (<see cref="TrialSplit.Rows"/>).
    /// </param>
    public NumberColumn(
        int parameter,
        NumericPrior prior,
        HistoryIndex index,
        TrialSplit split,
        int dimensions,
        Span<double> scaled
    )
    {
        Parameter = parameter;
        Axis = new UnitAxis(prior);
        ParameterColumn column = index.Columns[parameter];
        for (int i = 0; i < scaled.Length; i++)
        {
            scaled[i] = PlaceOf(column, index, split.Rows[i]);
        }

        Width = WidthOf(scaled[..split.Good.Length], split, dimensions);
        _unit = Width * Math.Sqrt(2);
        foreach (ref double place in scaled)
        {
            place /= _unit;
        }
    }

    /// <summary>The parameter's index.</summary>
    public int Parameter { get; }

    /// <summary>Its axis.</summary>
    public UnitAxis Axis { get; }

    /// <summary>The width of the kernels about its values.</summary>
    public double Width { get; }

    /// <summary>A place in units of width times the root of 2.</summary>
    public double Scaled(double place) => place / _unit;

    /// <summary>The place that <see cref="Scaled"/> came from.</summary>
    public double Place(double scaled) => Axis.IsBounded ? Math.Clamp(scaled * _unit, 0, 1) : scaled * _unit;

    /// <summary>
    /// What stands for 1 + t²/2 in a trial that does not have the parameter: such a trial's kernel is the prior.
    /// </summary>
    public double Missing(double place) =>
        Math.Exp((Axis.LogPrior(place) + StudentKernel.LogRootEight + Math.Log(Width)) / -1.5);

    /// <summary>Log density of a trial's kernel at a place.</summary>
    /// <param name="scaled">The trial's scaled place; NaN where it does not have the parameter.</param>
    /// <param name="place">Where.</param>
    public double LogKernel(double scaled, double place)
    {
        double step = Scaled(place) - scaled;
        return double.IsNaN(step)
            ? Axis.LogPrior(place)
            : (-1.5 * Math.Log(1 + (step * step)))
                - StudentKernel.LogRootEight
                - Math.Log(Width)
                - StudentKernel.LogMass(Place(scaled), Width, Axis.IsBounded);
    }

    private double PlaceOf(ParameterColumn column, HistoryIndex index, int row)
    {
        int position =
            column.Numbers.Length == index.Numbers.Length ? row : column.Numbers.BinarySearch(index.Numbers[row]);
        return position < 0 ? double.NaN : Axis.PlaceOf(column.Values[position]);
    }

    // Scott's rule: the deviation of the good trials times their number to the power of -1 / (dimensions + 4).
    private double WidthOf(ReadOnlySpan<double> places, TrialSplit split, int dimensions)
    {
        double weight = 0;
        double mean = 0;
        double squares = 0;
        for (int i = 0; i < places.Length; i++)
        {
            if (!double.IsNaN(places[i]))
            {
                weight += split.Good[i];
                double step = places[i] - mean;
                mean += step * split.Good[i] / weight;
                squares += split.Good[i] * step * (places[i] - mean);
            }
        }

        double prior = Axis.Deviation * Axis.Deviation;
        double variance = weight > 0 ? squares / weight : prior;
        double trials = split.Effective;
        double spread = Math.Sqrt(((variance * trials) + (prior * PriorTrials)) / (trials + PriorTrials));
        double width = spread * Math.Pow(trials, -1.0 / (dimensions + 4));
        return Math.Max(width, Math.Max(Narrowest * Axis.Deviation, Axis.HalfCell(mean)));
    }
}
