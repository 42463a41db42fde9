namespace Classifiers;

/// <summary>
/// Gradient boosting for log loss with stumps (Friedman, "Greedy Function Approximation: A Gradient Boosting Machine",
/// Annals of Statistics 29, 2001): each stump splits where the residuals differ most, and answers by a Newton step.
/// </summary>
public sealed class BoostedStumps : Model
{
    private readonly double _start;
    private readonly List<Stump> _stumps = [];

    private BoostedStumps(double start) => _start = start;

    /// <inheritdoc/>
    public override double Probability(double[] features) =>
        Logistic(_start + _stumps.Sum(stump => stump.Answer(features)));

    /// <summary>Fits the model.</summary>
    /// <param name="train">The examples, of both classes.</param>
    /// <param name="rounds">How many stumps. Range: at least 1.</param>
    /// <param name="learningRate">How much of each stump's answer counts. Range: above 0.</param>
    public static BoostedStumps Fit(Examples train, int rounds, double learningRate)
    {
        double benign = train.Benign.Count(isBenign => isBenign);
        var model = new BoostedStumps(Math.Log(benign / (train.Benign.Length - benign)));
        int[][] orders = [.. Enumerable.Range(0, train.Features[0].Length).Select(feature => Order(train, feature))];
        double[] logOdds = [.. Enumerable.Repeat(model._start, train.Benign.Length)];
        double[] residuals = new double[logOdds.Length];
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < residuals.Length; i++)
            {
                residuals[i] = (train.Benign[i] ? 1 : 0) - Logistic(logOdds[i]);
            }

            (int feature, double threshold) = BestSplit(train, orders, residuals);
            Stump stump = Answers(train, residuals, feature, threshold, learningRate);
            model._stumps.Add(stump);
            for (int i = 0; i < logOdds.Length; i++)
            {
                logOdds[i] += stump.Answer(train.Features[i]);
            }
        }

        return model;
    }

    private static int[] Order(Examples train, int feature) =>
        [.. Enumerable.Range(0, train.Features.Length).OrderBy(i => train.Features[i][feature])];

    /// <summary>The split with the largest n_low * n_high * (difference of the mean residuals)^2.</summary>
    private static (int Feature, double Threshold) BestSplit(Examples train, int[][] orders, double[] residuals)
    {
        (int Feature, double Threshold) best = (0, double.NegativeInfinity);
        double bestGain = 0;
        double total = residuals.Sum();
        for (int feature = 0; feature < orders.Length; feature++)
        {
            int[] order = orders[feature];
            double low = 0;
            for (int count = 1; count < order.Length; count++)
            {
                low += residuals[order[count - 1]];
                double value = train.Features[order[count - 1]][feature];
                double next = train.Features[order[count]][feature];
                double difference = (low / count) - ((total - low) / (order.Length - count));
                double gain = (double)count * (order.Length - count) * difference * difference;
                if (next > value && gain > bestGain)
                {
                    bestGain = gain;
                    best = (feature, value + ((next - value) / 2));
                }
            }
        }

        return best;
    }

    private static Stump Answers(Examples train, double[] residuals, int feature, double threshold, double learningRate)
    {
        double NewtonStep(bool high)
        {
            double slope = 0;
            double curvature = 0;
            for (int i = 0; i < residuals.Length; i++)
            {
                if (train.Features[i][feature] > threshold == high)
                {
                    double probability = (train.Benign[i] ? 1 : 0) - residuals[i];
                    slope += residuals[i];
                    curvature += probability * (1 - probability);
                }
            }

            return curvature > 0 ? learningRate * slope / curvature : 0;
        }

        return new(feature, threshold, NewtonStep(high: false), NewtonStep(high: true));
    }
}
