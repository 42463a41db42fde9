using FunctionTune.TrialClient;

namespace Classifiers;

/// <summary>A way to learn, with its own parameters.</summary>
public abstract record ModelFamily
{
    private ModelFamily() { }

    /// <summary>The family that the parameters name.</summary>
    public static ModelFamily From(TrialParams parameters) =>
        parameters.String("family") switch
        {
            "logistic" => new ElasticNet(parameters.Double("penalty"), parameters.Double("l1Ratio")),
            "neighbours" => new Neighbours(parameters.Int("k"), parameters.String("weights")),
            "stumps" => new Stumps(parameters.Int("rounds"), parameters.Double("learningRate")),
            var family => throw new ArgumentException(
                $"A model must be of the family logistic, neighbours or stumps, but got '{family}'.",
                nameof(parameters)
            ),
        };

    /// <summary>Learns from standardised examples.</summary>
    public abstract Model Fit(Examples train);

    /// <summary>Logistic regression with a mixture of both penalties.</summary>
    /// <param name="Penalty">Weight of the penalty. Range: at least 0.</param>
    /// <param name="L1Ratio">Share of the absolute values in it, the rest is the squares'. Range: 0 to 1.</param>
    public sealed record ElasticNet(double Penalty, double L1Ratio) : ModelFamily
    {
        /// <inheritdoc/>
        public override Model Fit(Examples train) =>
            LogisticRegression.Fit(train, Penalty * L1Ratio, Penalty * (1 - L1Ratio));
    }

    /// <summary>The vote of the nearest examples.</summary>
    /// <param name="K">How many vote. Range: 1 to the number of examples.</param>
    /// <param name="Weights">Whether votes weigh alike (<c>uniform</c>) or by nearness (<c>distance</c>).</param>
    public sealed record Neighbours(int K, string Weights) : ModelFamily
    {
        /// <inheritdoc/>
        public override Model Fit(Examples train) =>
            Weights switch
            {
                "uniform" => new NearestNeighbours(train, K, _ => 1),
                "distance" => new NearestNeighbours(train, K, distance => 1 / Math.Max(distance, 1e-12)),
                _ => throw new InvalidOperationException($"Weights must be uniform or distance, but got '{Weights}'."),
            };
    }

    /// <summary>Gradient boosting of trees with one split.</summary>
    /// <param name="Rounds">How many trees. Range: at least 1.</param>
    /// <param name="LearningRate">How much of each tree counts. Range: above 0.</param>
    public sealed record Stumps(int Rounds, double LearningRate) : ModelFamily
    {
        /// <inheritdoc/>
        public override Model Fit(Examples train) => BoostedStumps.Fit(train, Rounds, LearningRate);
    }
}
