using System.Collections.Immutable;

namespace FunctionTune.Spaces;

/// <summary>One parameter of a <see cref="SearchSpace"/>.</summary>
/// <param name="Index">Its place in <see cref="SearchSpace.Parameters"/>.</param>
/// <param name="Label">Its name, unique in the space.</param>
/// <param name="Prior">Its prior distribution.</param>
/// <param name="Conditions">
/// Empty when the parameter is always active; otherwise it is active when any one of these holds. Only the nearest choice
/// is named: an inactive choice has taken no option, so the chain above it needs no naming.
/// </param>
public sealed record SpaceParameter(int Index, string Label, Distribution Prior, ImmutableArray<Condition> Conditions);
