namespace FunctionTune.Suggest.Gp;

/// <summary>
/// How far the points of a set lie apart in each coordinate: for every pair (i, j) with j below i, row by row.
/// </summary>
internal sealed class PairDistances
{
    // As far from each of any number of points that are 1 apart as the middle of very many: a nearer one would belong to no
    // geometry, and the kernel would not be positive definite.
    private static readonly double s_toTheMiddle = Math.Sqrt(0.5);

    private readonly double[][] _distances;
    private readonly double[]?[] _shared;
    private readonly double[]?[] _active;

    /// <summary>The distances among <paramref name="points"/>.</summary>
    /// <param name="coding">Says which coordinates are numbers.</param>
    /// <param name="points">Coordinates, shape (n) of (d).</param>
    public PairDistances(SpaceCoding coding, IReadOnlyList<double[]> points)
    {
        Size = points.Count;
        int d = coding.Dimensions;
        _distances = new double[d][];
        _shared = new double[]?[d];
        _active = new double[]?[d];
        for (int k = 0; k < d; k++)
        {
            double[] column = [.. points.Select(x => x[k])];
            bool isNumber = coding.IsNumber(k);
            _distances[k] = Relate(column, (a, b) => Between(isNumber, a, b));
            if (coding.IsConditional(k))
            {
                _active[k] = [.. column.Select(x => double.IsNaN(x) ? 0.0 : 1.0)];
                _shared[k] = Relate(column, (a, b) => double.IsNaN(a) || double.IsNaN(b) ? 0 : 1);
            }
        }
    }

    /// <summary>How many points there are.</summary>
    public int Size { get; }

    /// <summary>How many pairs.</summary>
    public int Pairs => Size * (Size - 1) / 2;

    /// <summary>How many coordinates.</summary>
    public int Dimensions => _distances.Length;

    /// <summary>The distance of each pair in a coordinate, shape (pairs).</summary>
    public ReadOnlySpan<double> In(int coordinate) => _distances[coordinate];

    /// <summary>1 for each pair in both of whose points the coordinate is active, else 0; empty when it always is.</summary>
    public ReadOnlySpan<double> Shared(int coordinate) => _shared[coordinate];

    /// <summary>1 for each point in which the coordinate is active, else 0; empty when it always is.</summary>
    public ReadOnlySpan<double> Active(int coordinate) => _active[coordinate];

    /// <summary>How far two values of a coordinate are apart; options by 1, and what is inactive lies in the middle.</summary>
    public static double Between(bool isNumber, double a, double b)
    {
        if (!isNumber)
        {
            return a.Equals(b) ? 0
                : double.IsNaN(a) || double.IsNaN(b) ? s_toTheMiddle
                : 1;
        }

        return Math.Abs((double.IsNaN(a) ? SpaceCoding.Imagined : a) - (double.IsNaN(b) ? SpaceCoding.Imagined : b));
    }

    private static double[] Relate(double[] column, Func<double, double, double> relation)
    {
        double[] pairs = new double[column.Length * (column.Length - 1) / 2];
        for (int i = 1, at = 0; i < column.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                pairs[at++] = relation(column[i], column[j]);
            }
        }

        return pairs;
    }
}
