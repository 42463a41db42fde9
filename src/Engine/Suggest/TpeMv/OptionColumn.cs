using FunctionTune.History;
using FunctionTune.Numerics;
using FunctionTune.Spaces;

namespace FunctionTune.Suggest.TpeMv;

/// <summary>
/// One categorical parameter in the trials of a split. A trial's kernel keeps its option, and with a small probability takes
/// one from the prior instead.
/// </summary>
/// <remarks>Aitchison and Aitken, "Multivariate binary discrimination by the kernel method", Biometrika 63(3), 1976, with the prior in place of the uniform distribution.</remarks>
internal sealed class OptionColumn
{
    // The more good trials there are, the less often an option is left; one trial leaves it mostly open.
    private const double MostChange = 0.95;
    private const double FirstTrial = 1.0 / 3;

    private readonly CategoricalPrior _prior;
    private readonly double[] _options;
    private readonly double _change;

    /// <summary>The column of a parameter.</summary>
    /// <param name="parameter">Its index.</param>
    /// <param name="prior">Its prior.</param>
    /// <param name="index">The trials.</param>
    /// <param name="split">Which of them count.</param>
    public OptionColumn(int parameter, CategoricalPrior prior, HistoryIndex index, TrialSplit split)
    {
        Parameter = parameter;
        _prior = prior;
        _change = Math.Min(MostChange, 1 / (FirstTrial + split.Effective));
        _options = new double[split.Rows.Length];
        for (int i = 0; i < _options.Length; i++)
        {
            _options[i] = index.Points[split.Rows[i]][parameter];
        }
    }

    /// <summary>The parameter's index.</summary>
    public int Parameter { get; }

    /// <summary>The prior probability of an option.</summary>
    public double Prior(double option) => _prior.ProbabilityOf(option);

    /// <summary>A draw from the kernel of a trial.</summary>
    /// <param name="row">The trial's place in the split; -1 for a draw from the prior.</param>
    /// <param name="random">Where chance comes from.</param>
    public double Draw(int row, Pcg64 random)
    {
        double option = row < 0 ? double.NaN : _options[row];
        return double.IsNaN(option) || random.NextDouble() < _change ? PriorSampler.Draw(_prior, random) : option;
    }

    /// <summary>Multiplies the probability of an option under each trial's kernel into <paramref name="kernels"/>.</summary>
    public void Multiply(double option, Span<double> kernels)
    {
        double prior = Prior(option);
        double other = _change * prior;
        double same = 1 - _change + other;
        for (int i = 0; i < kernels.Length; i++)
        {
            kernels[i] *=
                _options[i] == option ? same
                : double.IsNaN(_options[i]) ? prior
                : other;
        }
    }

    /// <summary>Multiplies how near each trial is to one of them by its option.</summary>
    public void MultiplyLikeness(int row, Span<double> near)
    {
        for (int i = 0; i < near.Length; i++)
        {
            near[i] *= _options[i].Equals(_options[row]) ? 1 : 0;
        }
    }
}
