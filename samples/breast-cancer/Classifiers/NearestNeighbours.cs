namespace Classifiers;

/// <summary>
/// The weighted vote of the k nearest examples, with one vote more for either class (the rule of succession), so that no
/// probability is 0 or 1.
/// </summary>
public sealed class NearestNeighbours : Model
{
    private readonly Examples _examples;
    private readonly int _k;
    private readonly Func<double, double> _weight;

    /// <summary>Remembers the examples.</summary>
    /// <param name="examples">Standardised examples.</param>
    /// <param name="k">How many vote. Range: 1 to the number of examples.</param>
    /// <param name="weight">A vote's weight by its distance.</param>
    public NearestNeighbours(Examples examples, int k, Func<double, double> weight)
    {
        if (k < 1 || k > examples.Benign.Length)
        {
            throw new ArgumentOutOfRangeException(nameof(k), $"k must be 1 to {examples.Benign.Length}, but got {k}.");
        }

        _examples = examples;
        _k = k;
        _weight = weight;
    }

    /// <inheritdoc/>
    public override double Probability(double[] features)
    {
        double[] distances = Array.ConvertAll(_examples.Features, row => Distance(row, features));
        int[] order = [.. Enumerable.Range(0, distances.Length)];
        Array.Sort((double[])distances.Clone(), order);
        int[] nearest = order[.._k];
        double all = nearest.Sum(i => _weight(distances[i]));
        double benign = nearest.Where(i => _examples.Benign[i]).Sum(i => _weight(distances[i]));
        return ((_k * benign / all) + 1) / (_k + 2);
    }

    private static double Distance(double[] left, double[] right)
    {
        double sum = 0;
        for (int j = 0; j < left.Length; j++)
        {
            sum += (left[j] - right[j]) * (left[j] - right[j]);
        }

        return Math.Sqrt(sum);
    }
}
