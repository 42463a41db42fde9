namespace FunctionTune.Suggest.Tpe;

/// <summary>The split of the history into the few good trials ("below") and all others ("above").</summary>
internal static class HistorySplit
{
    /// <summary>The most trials that are ever good.</summary>
    public const int MaxBelow = 25;

    /// <summary>How many of <paramref name="count"/> trials are good: ceil(gamma sqrt(count)), at most 25 and at most all.</summary>
    public static int CountBelow(int count, double gamma) =>
        (int)Math.Min(Math.Ceiling(gamma * Math.Sqrt(count)), Math.Min(count, MaxBelow));

    /// <summary>Finds the trials with the smallest losses; of equal losses the earlier trial is taken.</summary>
    /// <param name="losses">Shape (n), none NaN.</param>
    /// <param name="below">Where the positions of the smallest are written, rising. Shape (at most n).</param>
    /// <remarks>
    /// Hyperopt sorts by NumPy's quicksort, which leaves the order of equal losses open beyond 16 trials; here it is fixed.
    /// </remarks>
    public static void FindBelow(ReadOnlySpan<double> losses, Span<int> below)
    {
        int found = 0;
        for (int position = 0; position < losses.Length && below.Length > 0; position++)
        {
            double loss = losses[position];
            if (found == below.Length && !(loss < losses[below[^1]]))
            {
                continue;
            }

            int place = found == below.Length ? found - 1 : found++;
            for (; place > 0 && loss < losses[below[place - 1]]; place--)
            {
                below[place] = below[place - 1];
            }

            below[place] = position;
        }

        below.Sort();
    }
}
