namespace FunctionTune.Suggest.Cmaes;

/// <summary>A trial as the search sees it.</summary>
/// <param name="Coordinates">Where it lies, shape (dimensions).</param>
/// <param name="Loss">Its loss; infinite for a failed one.</param>
internal readonly record struct CmaSample(double[] Coordinates, double Loss);
