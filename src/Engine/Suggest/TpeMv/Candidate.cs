namespace FunctionTune.Suggest.TpeMv;

/// <summary>A place that might be tried.</summary>
/// <param name="Places">The numbers' places, in the model's order.</param>
/// <param name="Options">The options, in the model's order.</param>
/// <param name="LogGood">Log density among the good trials.</param>
/// <param name="LogOther">Log density among the others.</param>
internal sealed record Candidate(double[] Places, double[] Options, double LogGood, double LogOther);
