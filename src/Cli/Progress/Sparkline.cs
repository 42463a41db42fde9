namespace FunctionTune.Cli.Progress;

/// <summary>A curve in one line of text.</summary>
internal static class Sparkline
{
    private const string Levels = "▁▂▃▄▅▆▇█";

    /// <summary>The values as blocks, the lowest value the lowest block.</summary>
    /// <param name="values">Shape (n), finite.</param>
    /// <param name="width">At most this many characters. Range: at least 1.</param>
    public static string Of(IReadOnlyList<double> values, int width)
    {
        if (values.Count == 0)
        {
            return "";
        }

        (double low, double high) = (values.Min(), values.Max());
        int count = Math.Min(width, values.Count);
        return string.Create(
            count,
            values,
            (text, all) =>
            {
                for (int i = 0; i < text.Length; i++)
                {
                    double value = all[(int)((long)(i + 1) * all.Count / text.Length) - 1];
                    double place = high > low ? (value - low) / (high - low) : 0;
                    text[i] = Levels[(int)Math.Round(place * (Levels.Length - 1))];
                }
            }
        );
    }
}
