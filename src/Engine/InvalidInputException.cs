using System.Collections.Immutable;

namespace FunctionTune;

/// <summary>An input was refused; every problem found in it is listed, and nothing was started.</summary>
/// <param name="problems">The problems, in the order of the input; at least one.</param>
public sealed class InvalidInputException(ImmutableArray<Problem> problems)
    : FunctionTuneException(string.Join("\n", problems))
{
    /// <summary>The problems, in the order of the input; at least one.</summary>
    public ImmutableArray<Problem> Problems { get; } = problems;
}
