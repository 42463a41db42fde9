namespace Classifiers;

/// <summary>A tree with one split.</summary>
/// <param name="Feature">The feature that splits.</param>
/// <param name="Threshold">Values up to this go low.</param>
/// <param name="Low">The answer for low values.</param>
/// <param name="High">The answer for high values.</param>
public readonly record struct Stump(int Feature, double Threshold, double Low, double High)
{
    /// <summary>The answer for an example.</summary>
    public double Answer(double[] features) => features[Feature] <= Threshold ? Low : High;
}
