using System.Buffers;
using FunctionTune.Numerics;

namespace FunctionTune.Suggest.TpeMv;

/// <summary>
/// Draws candidates from the good density and keeps the one whose density among the good trials is largest in relation to that
/// among the others; of equal ones the first.
/// </summary>
/// <remarks>
/// Options are drawn for a few templates only, and numbers for many candidates of each. With options of its own for every
/// candidate the search would take those it knows to be good again and again, and polish the numbers there: the numbers near a
/// good trial always look a little better, and untried options never do.
/// </remarks>
internal sealed class CandidateSearch(KernelModel model, Pcg64 random)
{
    private const int TemplatesWithOptions = 3;

    /// <summary>The best of about <paramref name="candidates"/> candidates.</summary>
    /// <param name="candidates">How many are drawn. Range: at least 1.</param>
    public Candidate Best(int candidates)
    {
        int templates = model.Options.Length > 0 ? Math.Min(TemplatesWithOptions, candidates) : candidates;
        int each = model.Numbers.Length > 0 ? (candidates + templates - 1) / templates : 1;
        double[] shares = ArrayPool<double>.Shared.Rent(model.Rows);
        double[] options = new double[model.Options.Length];
        double[] places = new double[model.Numbers.Length];
        Candidate? best = null;
        for (int i = 0; i < templates; i++)
        {
            int template = model.DrawTemplate(random);
            double logOptions = DrawOptions(template, options, shares.AsSpan(0, model.Rows));
            for (int k = 0; k < each; k++)
            {
                for (int j = 0; j < places.Length; j++)
                {
                    places[j] = model.Draw(j, template, random);
                }

                (double good, double other) = model.LogDensities(places, shares, logOptions);
                if (best is null || good - other > best.LogGood - best.LogOther)
                {
                    best = new Candidate([.. places], [.. options], good, other);
                }
            }
        }

        ArrayPool<double>.Shared.Return(shares);
        return best!;
    }

    private double DrawOptions(int template, double[] options, Span<double> shares)
    {
        for (int j = 0; j < options.Length; j++)
        {
            options[j] = model.Options[j].Draw(template, random);
        }

        return Shares(model, options, shares);
    }

    /// <summary>Writes what options give each trial's kernel, and says their log prior probability.</summary>
    public static double Shares(KernelModel model, ReadOnlySpan<double> options, Span<double> shares)
    {
        shares.Fill(1);
        double logPrior = 0;
        for (int j = 0; j < options.Length; j++)
        {
            model.Options[j].Multiply(options[j], shares);
            logPrior += Math.Log(model.Options[j].Prior(options[j]));
        }

        return logPrior;
    }
}
