namespace FunctionTune.Benchmarks.Quality;

/// <summary>The quartiles of the best loss over several runs.</summary>
/// <param name="Lower">A quarter of the runs did better.</param>
/// <param name="Median">Half of the runs did better.</param>
/// <param name="Upper">Three quarters of the runs did better.</param>
internal readonly record struct Quartiles(double Lower, double Median, double Upper)
{
    /// <summary>The quartiles of <paramref name="losses"/>, interpolated.</summary>
    public static Quartiles Of(IEnumerable<double> losses)
    {
        double[] sorted = [.. losses.Order()];
        return new Quartiles(At(sorted, 0.25), At(sorted, 0.5), At(sorted, 0.75));
    }

    private static double At(double[] sorted, double share)
    {
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }
}
