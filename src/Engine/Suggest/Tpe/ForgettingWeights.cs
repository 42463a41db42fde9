namespace FunctionTune.Suggest.Tpe;

/// <summary>How much each of several observations counts: the newest fully, older ones the less the older they are.</summary>
internal static class ForgettingWeights
{
    /// <summary>How many of the newest observations count fully.</summary>
    public const int Full = 25;

    /// <summary>Writes the weights: a line from 1/n to 1 over the oldest n - 25, then 25 ones.</summary>
    /// <param name="weights">Shape (n), in the order of time.</param>
    /// <remarks>Hyperopt's <c>linear_forgetting_weights</c> with LF = 25.</remarks>
    public static void Fill(Span<double> weights)
    {
        int old = Math.Max(0, weights.Length - Full);
        weights[old..].Fill(1);
        double first = 1.0 / weights.Length;
        double step = (1 - first) / (old - 1);
        for (int i = 0; i < old - 1; i++)
        {
            weights[i] = (i * step) + first;
        }

        if (old > 0)
        {
            weights[old - 1] = old == 1 ? first : 1;
        }
    }
}
