using System.Collections.Immutable;

namespace FunctionTune.History;

/// <summary>What a trial reported on its way.</summary>
/// <param name="Step">The step, such as an epoch. Range: at least 0.</param>
/// <param name="Values">Finite numbers by name.</param>
public sealed record IntermediateValue(long Step, ImmutableSortedDictionary<string, double> Values);
