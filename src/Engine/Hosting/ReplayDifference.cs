namespace FunctionTune.Hosting;

/// <summary>Something that a log says of a trial, and that comes out otherwise when it is computed again.</summary>
/// <param name="Trial">The trial's number.</param>
/// <param name="What">
/// A parameter's label; or <c>source</c>, <c>reason</c>, <c>why</c>; or <c>trial</c> when one of the two has no such trial.
/// </param>
/// <param name="Logged">What the log says; empty for nothing. Numbers have all digits.</param>
/// <param name="Computed">What comes out; empty for nothing.</param>
public sealed record ReplayDifference(int Trial, string What, string Logged, string Computed);
