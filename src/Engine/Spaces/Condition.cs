namespace FunctionTune.Spaces;

/// <summary>A parameter is active when the choice parameter at <paramref name="Parameter"/> has taken <paramref name="Option"/>.</summary>
/// <param name="Parameter">Index of the choice parameter in <see cref="SearchSpace.Parameters"/>.</param>
/// <param name="Option">Zero-based index of the option.</param>
public readonly record struct Condition(int Parameter, int Option);
