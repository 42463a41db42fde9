namespace FunctionTune.History;

/// <summary>How dense the good trials and the others lie around a suggested value, as natural logarithms.</summary>
/// <param name="Label">The parameter's label; of parameters that were modelled together, the first one's.</param>
/// <param name="LogGood">Log density among the good trials; null where there is none of them.</param>
/// <param name="LogOther">Log density among the others; null where there is none of them.</param>
public sealed record LabelDensity(string Label, double? LogGood = null, double? LogOther = null)
{
    /// <summary>Log density among the good trials; null when it is not finite.</summary>
    public double? LogGood { get; init; } = Finite.Or(LogGood);

    /// <summary>Log density among the others; null when it is not finite.</summary>
    public double? LogOther { get; init; } = Finite.Or(LogOther);
}
