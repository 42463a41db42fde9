namespace FunctionTune.Suggest;

/// <summary>One of the algorithms of a <see cref="MixSuggester"/>.</summary>
/// <param name="Probability">How often it is asked. Range: 0 to 1.</param>
/// <param name="Name">What its points are said to come from.</param>
/// <param name="Suggester">The algorithm.</param>
public sealed record MixPart(double Probability, string Name, ISuggester Suggester);
