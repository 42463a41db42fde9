namespace Classifiers;

/// <summary>How near predicted probabilities come to the truth.</summary>
public static class Scores
{
    private const double Sure = 1e-15;

    /// <summary>Mean of -log(probability of what is true), in nats; probabilities are kept 1e-15 away from 0 and 1.</summary>
    public static double LogLoss(bool[] truth, double[] probabilities) =>
        truth.Zip(probabilities, (benign, p) => -Math.Log(Math.Clamp(benign ? p : 1 - p, Sure, 1 - Sure))).Average();

    /// <summary>Mean of the shares of both classes that are told rightly at probability one half. Range: 0 to 1.</summary>
    public static double BalancedAccuracy(bool[] truth, double[] probabilities) =>
        truth
            .Zip(probabilities, (Benign, p) => (Benign, Right: p > 0.5 == Benign))
            .GroupBy(example => example.Benign, example => example.Right)
            .Average(rights => rights.Average(right => right ? 1.0 : 0.0));
}
