namespace FunctionTune.Studies;

/// <summary>
/// Stop when the best loss has not improved over a number of trials: hyperopt's <c>no_progress_loss</c>, evaluated over the
/// trials that succeeded, in the order in which they ended.
/// </summary>
/// <param name="Iterations">How many trials without progress end the study. Range: at least 1.</param>
/// <param name="Percent">
/// An improvement counts only when the loss falls below the best by more than this percentage of it. Range: at least 0.
/// </param>
public sealed record NoProgress(int Iterations = 20, double Percent = 0);
