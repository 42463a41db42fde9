namespace FunctionTune.Studies;

/// <summary>The best trial so far.</summary>
/// <param name="Trial">Its number; of equal losses the lowest number.</param>
/// <param name="Loss">Its loss, finite.</param>
public sealed record BestTrial(int Trial, double Loss);
