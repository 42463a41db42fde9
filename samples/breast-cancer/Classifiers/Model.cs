namespace Classifiers;

/// <summary>What was learnt.</summary>
public abstract class Model
{
    /// <summary>The probability that an example with these features is benign.</summary>
    public abstract double Probability(double[] features);

    /// <summary>The probability whose log odds are given.</summary>
    protected static double Logistic(double logOdds) => 1 / (1 + Math.Exp(-logOdds));
}
