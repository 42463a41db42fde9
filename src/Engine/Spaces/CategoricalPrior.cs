using System.Collections.Immutable;

namespace FunctionTune.Spaces;

/// <summary>randint, choice and pchoice in one form: one of several consecutive integers.</summary>
/// <param name="Low">The smallest.</param>
/// <param name="Count">How many there are. Range: at least 1.</param>
/// <param name="Probabilities">The probability of each, shape (<paramref name="Count"/>); empty when all are equal.</param>
internal readonly record struct CategoricalPrior(long Low, ulong Count, ImmutableArray<double> Probabilities)
{
    /// <summary>The prior of randint, choice or pchoice; null for a numeric distribution.</summary>
    public static CategoricalPrior? Of(Distribution distribution) =>
        distribution switch
        {
            Distribution.RandInt d => new CategoricalPrior(d.Low, unchecked((ulong)d.High - (ulong)d.Low), []),
            Distribution.Choice d => new CategoricalPrior(0, (ulong)d.Count, []),
            Distribution.PChoice d => new CategoricalPrior(0, (ulong)d.Probabilities.Length, d.Probabilities),
            _ => null,
        };

    /// <summary>The prior probability of <paramref name="value"/>, which is one of the integers.</summary>
    public double ProbabilityOf(double value) =>
        Probabilities.IsEmpty ? 1.0 / Count : Probabilities[(int)(value - Low)];
}
