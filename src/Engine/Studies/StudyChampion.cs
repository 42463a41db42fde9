namespace FunctionTune.Studies;

/// <summary>The best trial of the study before, which the next study measures again.</summary>
/// <param name="Trial">Its number in the study before.</param>
/// <param name="Loss">Its loss there, finite.</param>
/// <param name="Fits">Whether its point lies in the space of the next study, too, whose trial 0 it then is.</param>
public sealed record StudyChampion(int Trial, double Loss, bool Fits);
