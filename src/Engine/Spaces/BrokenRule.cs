namespace FunctionTune.Spaces;

/// <summary>A rule that the arguments of a distribution break.</summary>
/// <param name="Argument">The argument that the rule is about; empty when it is about several.</param>
/// <param name="Rule">What must hold.</param>
/// <param name="Value">What was found.</param>
/// <param name="Hint">What to do about it.</param>
internal readonly record struct BrokenRule(string Argument, string Rule, string Value, string Hint);
