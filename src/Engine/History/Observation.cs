using FunctionTune.Spaces;

namespace FunctionTune.History;

/// <summary>One trial as a suggester sees it.</summary>
/// <param name="Number">The trial's number, from 0.</param>
/// <param name="Point">Its setting.</param>
/// <param name="Kind">What is known of its loss.</param>
/// <param name="Loss">The loss; NaN unless <paramref name="Kind"/> is <see cref="LossKind.Finite"/>.</param>
/// <param name="LossVariance">Variance of the loss; NaN when unknown. Range: at least 0.</param>
public readonly record struct Observation(int Number, Point Point, LossKind Kind, double Loss, double LossVariance);
