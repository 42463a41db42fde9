namespace Classifiers;

/// <summary>
/// Minimises mean log loss + l1 * |w| + l2 / 2 * |w|^2 over weights w and a free intercept, by accelerated proximal gradient
/// steps (Beck, Teboulle, "A Fast Iterative Shrinkage-Thresholding Algorithm", SIAM J. Imaging Sciences 2, 2009) with
/// restarts (O'Donoghue, Candes, "Adaptive Restart for Accelerated Gradient Schemes", Found. Comput. Math. 15, 2015).
/// </summary>
public sealed class LogisticRegression : Model
{
    private const int MaxSteps = 20_000;
    private const double Tolerance = 1e-7;

    // Shape (features + 1): the intercept is last.
    private readonly double[] _weights;

    private LogisticRegression(double[] weights) => _weights = weights;

    /// <inheritdoc/>
    public override double Probability(double[] features) => Logistic(LogOdds(_weights, features));

    /// <summary>Fits the model.</summary>
    /// <param name="train">Standardised examples.</param>
    /// <param name="l1">Weight of the absolute values. Range: at least 0.</param>
    /// <param name="l2">Weight of the squares. Range: at least 0.</param>
    public static LogisticRegression Fit(Examples train, double l1, double l2)
    {
        int size = train.Features[0].Length + 1;
        double step = 1 / ((LargestCurvature(train) / 4) + l2);
        double[] weights = new double[size];
        double[] ahead = new double[size];
        double momentum = 1;
        for (int steps = 0; steps < MaxSteps; steps++)
        {
            double[] next = Proximal(ahead, Gradient(train, ahead, l2), step, step * l1);
            double[] moved = Difference(next, weights);
            if (Array.TrueForAll(moved, change => Math.Abs(change) <= Tolerance * step))
            {
                break;
            }

            bool restart = Difference(ahead, next).Zip(moved, (overshoot, change) => overshoot * change).Sum() > 0;
            double nextMomentum = restart ? 1 : (1 + Math.Sqrt(1 + (4 * momentum * momentum))) / 2;
            double carried = restart ? 0 : (momentum - 1) / nextMomentum;
            ahead = [.. next.Zip(moved, (weight, change) => weight + (carried * change))];
            (weights, momentum) = (next, nextMomentum);
        }

        return new(weights);
    }

    /// <summary>
    /// A bound of the largest eigenvalue of the features' mean products, the intercept's included: their Frobenius norm.
    /// </summary>
    private static double LargestCurvature(Examples train)
    {
        double[][] rows = Array.ConvertAll(train.Features, row => (double[])[.. row, 1]);
        double squares = 0;
        for (int j = 0; j < rows[0].Length; j++)
        {
            for (int k = 0; k < rows[0].Length; k++)
            {
                double product = rows.Average(row => row[j] * row[k]);
                squares += product * product;
            }
        }

        return Math.Sqrt(squares);
    }

    private static double[] Gradient(Examples train, double[] weights, double l2)
    {
        double[] gradient = new double[weights.Length];
        for (int i = 0; i < train.Features.Length; i++)
        {
            double[] row = train.Features[i];
            double error = (Logistic(LogOdds(weights, row)) - (train.Benign[i] ? 1 : 0)) / train.Features.Length;
            for (int j = 0; j < row.Length; j++)
            {
                gradient[j] += error * row[j];
            }

            gradient[^1] += error;
        }

        for (int j = 0; j < weights.Length - 1; j++)
        {
            gradient[j] += l2 * weights[j];
        }

        return gradient;
    }

    private static double[] Proximal(double[] from, double[] gradient, double step, double threshold)
    {
        double[] to = [.. from.Zip(gradient, (weight, slope) => weight - (step * slope))];
        for (int j = 0; j < to.Length - 1; j++)
        {
            to[j] = Math.Sign(to[j]) * Math.Max(0, Math.Abs(to[j]) - threshold);
        }

        return to;
    }

    private static double LogOdds(double[] weights, double[] features)
    {
        double sum = weights[^1];
        for (int j = 0; j < features.Length; j++)
        {
            sum += weights[j] * features[j];
        }

        return sum;
    }

    private static double[] Difference(double[] left, double[] right) => [.. left.Zip(right, (l, r) => l - r)];
}
