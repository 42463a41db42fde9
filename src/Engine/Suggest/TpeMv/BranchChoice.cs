using FunctionTune.History;
using FunctionTune.Numerics;
using FunctionTune.Spaces;

namespace FunctionTune.Suggest.TpeMv;

/// <summary>
/// Decides the choices on which other parameters depend. Each option is judged by what it promises: the improvement on the
/// best loss that is to be expected of it, given its best losses so far. An option that has converged has equal ones and
/// promises nothing more; a young one with a wide spread promises much, even while its best is behind.
/// </summary>
internal static class BranchChoice
{
    // An option with fewer trials is too young to be judged, and half of the draws go to such options.
    private const int Young = 3;
    private const double ShareOfYoung = 0.5;

    // Each trial under way, and each failed one, leaves this part of an option's promise.
    private const double LeftByLossless = 0.8;

    /// <summary>Whether other parameters depend on each parameter of a space.</summary>
    public static bool[] Decides(SearchSpace space)
    {
        bool[] decides = new bool[space.Parameters.Length];
        foreach (SpaceParameter parameter in space.Parameters)
        {
            foreach (Condition condition in parameter.Conditions)
            {
                decides[condition.Parameter] = true;
            }
        }

        return decides;
    }

    /// <summary>Draws the option of every deciding choice that is active.</summary>
    /// <param name="space">The space.</param>
    /// <param name="index">The trials.</param>
    /// <param name="decides">Which parameters decide.</param>
    /// <param name="values">Where the options are written; NaN before, shape (parameters).</param>
    /// <param name="random">Where chance comes from.</param>
    public static void Draw(
        SearchSpace space,
        HistoryIndex index,
        ReadOnlySpan<bool> decides,
        Span<double> values,
        Pcg64 random
    )
    {
        foreach (SpaceParameter parameter in space.Parameters)
        {
            if (decides[parameter.Index] && space.IsActive(parameter.Index, values))
            {
                CategoricalPrior prior = CategoricalPrior.Of(parameter.Prior)!.Value;
                OptionRecord[] records = Records(space, index, parameter.Index, values, (int)prior.Count);
                values[parameter.Index] = Draw(prior, records, random);
            }
        }
    }

    private static OptionRecord[] Records(
        SearchSpace space,
        HistoryIndex index,
        int parameter,
        ReadOnlySpan<double> values,
        int options
    )
    {
        var records = new OptionRecord[options];
        for (int option = 0; option < options; option++)
        {
            records[option] = new OptionRecord();
        }

        for (int row = 0; row < index.Points.Length; row++)
        {
            Point point = index.Points[row];
            if (point.IsActive(parameter) && IsOnWay(space, parameter, values, point))
            {
                records[(int)point[parameter]].Add(index.Losses[row]);
            }
        }

        return records;
    }

    // Whether a point came to a parameter by the same options.
    private static bool IsOnWay(SearchSpace space, int parameter, ReadOnlySpan<double> values, Point point)
    {
        foreach (Condition condition in space.Parameters[parameter].Conditions)
        {
            if (values[condition.Parameter] == condition.Option && point[condition.Parameter] == condition.Option)
            {
                return IsOnWay(space, condition.Parameter, values, point);
            }
        }

        return space.Parameters[parameter].Conditions.IsEmpty;
    }

    private static double Draw(in CategoricalPrior prior, OptionRecord[] records, Pcg64 random)
    {
        double[] young = new double[records.Length];
        double[] promises = new double[records.Length];
        double scale = OptionRecord.Scale(records);
        double best = OptionRecord.Best(records) / scale;
        for (int option = 0; option < records.Length; option++)
        {
            OptionRecord record = records[option];
            double share = prior.ProbabilityOf(option);
            young[option] = record.Count < Young ? share : 0;
            promises[option] =
                share > 0 && record.HasSpread
                    ? (2 * record.LogPromise(best, scale)) + (record.Lossless * Math.Log(LeftByLossless))
                    : double.NegativeInfinity;
        }

        double most = LogSpace.Sum(promises);
        bool isKnown = double.IsFinite(most);
        for (int option = 0; option < promises.Length && isKnown; option++)
        {
            promises[option] = Math.Exp(promises[option] - most);
        }

        double youngest = young.Sum();
        return youngest > 0 && (random.NextDouble() < ShareOfYoung || !isKnown) ? Pick(young, youngest, random)
            : isKnown ? Pick(promises, promises.Sum(), random)
            : PriorSampler.Draw(prior, random);
    }

    private static int Pick(double[] weights, double sum, Pcg64 random)
    {
        double rest = random.NextDouble() * sum;
        int last = 0;
        for (int option = 0; option < weights.Length; option++)
        {
            if (weights[option] > 0)
            {
                last = option;
                rest -= weights[option];
            }

            if (rest < 0)
            {
                break;
            }
        }

        return last;
    }
}
