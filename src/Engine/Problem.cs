namespace FunctionTune;

/// <summary>One thing that is wrong with an input, in words that let its author mend it.</summary>
/// <param name="Path">Where: a JSON path such as <c>$.space.alpha.loguniform[0]</c>, or a parameter name.</param>
/// <param name="Rule">What must hold, as a full sentence without its final point.</param>
/// <param name="Value">What was found, as text, cut to a readable length; empty when nothing was found.</param>
/// <param name="Hint">What to do about it; empty when the rule says it all.</param>
public sealed record Problem(string Path, string Rule, string Value = "", string Hint = "")
{
    /// <summary>The problem in one line: path, rule, value, hint.</summary>
    public override string ToString() =>
        $"{Path}: {Rule}{(Value.Length > 0 ? $"; got {Value}" : "")}.{(Hint.Length > 0 ? $" {Hint}" : "")}";
}
