using System.Buffers;
using System.Numerics;
using FunctionTune.History;
using FunctionTune.Numerics;
using FunctionTune.Spaces;

namespace FunctionTune.Suggest.TpeMv;

/// <summary>
/// Two densities over the parameters of a branch, of the good trials and of the others. Each is a mixture of the prior and of
/// one kernel a trial, a product over all parameters; both have the same kernels and weigh them differently.
/// </summary>
internal sealed class KernelModel : IDisposable
{
    private readonly TrialSplit _split;
    private readonly int _rows;
    private readonly double[] _scaled;
    private readonly double[] _masses;
    private readonly double[] _kernels;
    private readonly double[] _at;
    private readonly double[] _missing;
    private readonly double _logScale;

    /// <summary>The densities of a branch.</summary>
    /// <param name="space">The space.</param>
    /// <param name="parameters">Indexes of the parameters that are modelled.</param>
    /// <param name="index">The trials.</param>
    /// <param name="split">Which of them count, and how much.</param>
    /// <param name="priorWeight">Weight of the prior, where a trial has 1 on average.</param>
    public KernelModel(
        SearchSpace space,
        ReadOnlySpan<int> parameters,
        HistoryIndex index,
        TrialSplit split,
        double priorWeight
    )
    {
        _split = split;
        _rows = split.Rows.Length;
        GoodPrior = priorWeight / (priorWeight + split.Good.Length);
        OtherPrior = priorWeight / (priorWeight + _rows);
        _scaled = ArrayPool<double>.Shared.Rent(parameters.Length * _rows);
        _masses = ArrayPool<double>.Shared.Rent(_rows);
        _kernels = ArrayPool<double>.Shared.Rent(_rows);
        var numbers = new List<NumberColumn>(parameters.Length);
        var options = new List<OptionColumn>(parameters.Length);
        foreach (int parameter in parameters)
        {
            Distribution distribution = space.Parameters[parameter].Prior;
            if (NumericPrior.Of(distribution) is { } prior)
            {
                Span<double> scaled = _scaled.AsSpan(numbers.Count * _rows, _rows);
                numbers.Add(new NumberColumn(parameter, prior, index, split, parameters.Length, scaled));
            }
            else
            {
                options.Add(new OptionColumn(parameter, CategoricalPrior.Of(distribution)!.Value, index, split));
            }
        }

        (Numbers, Options) = ([.. numbers], [.. options]);
        (_at, _missing) = (new double[Numbers.Length], new double[Numbers.Length]);
        _logScale = WriteMasses();
    }

    /// <summary>The numeric parameters.</summary>
    public NumberColumn[] Numbers { get; }

    /// <summary>The categorical parameters.</summary>
    public OptionColumn[] Options { get; }

    /// <summary>The weight of the prior in the density of the good trials.</summary>
    public double GoodPrior { get; }

    /// <summary>The weight of the prior in the density of the others.</summary>
    public double OtherPrior { get; }

    /// <summary>How many trials have kernels.</summary>
    public int Rows => _rows;

    /// <summary>The kernel of each trial at the place that was scored last, up to a common factor. Shape (<see cref="Rows"/>).</summary>
    public ReadOnlySpan<double> Kernels => _kernels.AsSpan(0, _rows);

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        ArrayPool<double>.Shared.Return(_scaled);
        ArrayPool<double>.Shared.Return(_masses);
        ArrayPool<double>.Shared.Return(_kernels);
    }

    /// <summary>A component of the good density by its weight: a trial's place in the split, or -1 for the prior.</summary>
    public int DrawTemplate(Pcg64 random)
    {
        double rest = (random.NextDouble() - GoodPrior) / (1 - GoodPrior);
        int row = -1;
        for (int i = 0; i < _split.Good.Length && rest >= 0; i++)
        {
            rest -= _split.Good[i];
            row = i;
        }

        return row;
    }

    /// <summary>A draw from the kernel of one number, settled on a possible value.</summary>
    /// <param name="number">Which of <see cref="Numbers"/>.</param>
    /// <param name="template">What <see cref="DrawTemplate"/> gave.</param>
    /// <param name="random">Where chance comes from.</param>
    public double Draw(int number, int template, Pcg64 random)
    {
        NumberColumn column = Numbers[number];
        double centre = template < 0 ? double.NaN : _scaled[(number * _rows) + template];
        double place =
            !double.IsNaN(centre)
                ? StudentKernel.Draw(column.Place(centre), column.Width, column.Axis.IsBounded, random)
            : column.Axis.IsBounded ? random.NextDouble()
            : random.NextNormal();
        return column.Axis.Settle(place);
    }

    /// <summary>Writes the raw values of a candidate.</summary>
    /// <param name="candidate">The candidate.</param>
    /// <param name="values">Where they are written, by the parameters' indexes.</param>
    public void Write(Candidate candidate, Span<double> values)
    {
        for (int j = 0; j < Numbers.Length; j++)
        {
            values[Numbers[j].Parameter] = Numbers[j].Axis.ValueAt(candidate.Places[j]);
        }

        for (int j = 0; j < Options.Length; j++)
        {
            values[Options[j].Parameter] = candidate.Options[j];
        }
    }

    /// <summary>Log of both densities at a place.</summary>
    /// <param name="places">The numbers' places. Shape (<see cref="Numbers"/>).</param>
    /// <param name="shares">What each trial's options give its kernel, as <see cref="OptionColumn.Multiply"/> does. Shape (<see cref="Rows"/>).</param>
    /// <param name="logOptions">Log prior probability of the options.</param>
    public (double Good, double Other) LogDensities(
        ReadOnlySpan<double> places,
        ReadOnlySpan<double> shares,
        double logOptions
    )
    {
        double logPrior = logOptions;
        for (int j = 0; j < Numbers.Length; j++)
        {
            logPrior += Numbers[j].Axis.LogPrior(places[j]);
            _at[j] = Numbers[j].Scaled(places[j]);
            _missing[j] = Numbers[j].Missing(places[j]);
        }

        WriteKernels(shares);
        (double good, double other) = Sums(Kernels);
        return (Mix(GoodPrior, logPrior, good), Mix(OtherPrior, logPrior, other));
    }

    /// <summary>The kernels weighed as those of good trials, and as those of others.</summary>
    /// <param name="kernels">Shape (<see cref="Rows"/>).</param>
    public (double Good, double Other) Sums(ReadOnlySpan<double> kernels)
    {
        double good = 0;
        double other = 0;
        for (int i = 0; i < _split.Good.Length; i++)
        {
            good += _split.Good[i] * kernels[i];
        }

        for (int i = 0; i < kernels.Length; i++)
        {
            other += _split.Others[i] * kernels[i];
        }

        return (good, other);
    }

    /// <summary>Writes the density of each trial's kernel of one number by itself.</summary>
    /// <param name="number">Which of <see cref="Numbers"/>.</param>
    /// <param name="place">Where.</param>
    /// <param name="kernels">Where they are written. Shape (<see cref="Rows"/>).</param>
    public void WriteKernels(int number, double place, Span<double> kernels)
    {
        NumberColumn column = Numbers[number];
        for (int i = 0; i < kernels.Length; i++)
        {
            kernels[i] = Math.Exp(column.LogKernel(_scaled[(number * _rows) + i], place));
        }
    }

    /// <summary>Writes how near each trial is to one of them: 1 for the same place, falling to 0.</summary>
    /// <param name="row">Which trial.</param>
    /// <param name="near">Where it is written. Shape (<see cref="Rows"/>).</param>
    public void WriteLikeness(int row, Span<double> near)
    {
        near.Fill(1);
        for (int j = 0; j < Numbers.Length; j++)
        {
            ReadOnlySpan<double> scaled = _scaled.AsSpan(j * _rows, _rows);
            for (int i = 0; i < near.Length; i++)
            {
                double step = scaled[i] - scaled[row];
                double square = 1 + (step * step);
                near[i] /= double.IsNaN(step) ? 1 : square * Math.Sqrt(square);
            }
        }

        foreach (OptionColumn options in Options)
        {
            options.MultiplyLikeness(row, near);
        }
    }

    private double Mix(double prior, double logPrior, double kernels) =>
        LogSpace.Sum(Math.Log(prior) + logPrior, Math.Log(1 - prior) + _logScale + Math.Log(kernels));

    // What a kernel is divided by so that it integrates to 1 within the bounds; kept near 1, the rest goes to the scale.
    private double WriteMasses()
    {
        Span<double> masses = _masses.AsSpan(0, _rows);
        masses.Clear();
        double logScale = 0;
        for (int j = 0; j < Numbers.Length; j++)
        {
            NumberColumn column = Numbers[j];
            logScale -= StudentKernel.LogRootEight + Math.Log(column.Width);
            for (int i = 0; i < _rows && column.Axis.IsBounded; i++)
            {
                double scaled = _scaled[(j * _rows) + i];
                masses[i] += double.IsNaN(scaled)
                    ? 0
                    : StudentKernel.LogMass(column.Place(scaled), column.Width, isBounded: true);
            }
        }

        double least = 0;
        foreach (double mass in masses)
        {
            least = Math.Min(least, mass);
        }

        foreach (ref double mass in masses)
        {
            mass = Math.Exp(least - mass);
        }

        return logScale - least;
    }

    private void WriteKernels(ReadOnlySpan<double> shares)
    {
        int row = 0;
        for (; row <= _rows - Vector<double>.Count; row += Vector<double>.Count)
        {
            Vector<double> product = Vector<double>.One;
            for (int j = 0; j < _at.Length; j++)
            {
                Vector<double> step = new Vector<double>(_at[j]) - new Vector<double>(_scaled, (j * _rows) + row);
                product *= Vector.ConditionalSelect(
                    Vector.Equals(step, step),
                    Vector<double>.One + (step * step),
                    new Vector<double>(_missing[j])
                );
            }

            Vector<double> share = new Vector<double>(shares[row..]) * new Vector<double>(_masses, row);
            (share / (product * Vector.SquareRoot(product))).CopyTo(_kernels, row);
        }

        for (; row < _rows; row++)
        {
            double product = 1;
            for (int j = 0; j < _at.Length; j++)
            {
                double step = _at[j] - _scaled[(j * _rows) + row];
                product *= double.IsNaN(step) ? _missing[j] : 1 + (step * step);
            }

            _kernels[row] = shares[row] * _masses[row] / (product * Math.Sqrt(product));
        }
    }
}
