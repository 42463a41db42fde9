using System.Collections.Immutable;

namespace FunctionTune.Studies;

/// <summary>What came of reading a study's description.</summary>
/// <param name="Spec">The study; null when there are problems.</param>
/// <param name="Problems">Everything that is wrong with it.</param>
public sealed record StudySpecReading(StudySpec? Spec, ImmutableArray<Problem> Problems)
{
    /// <summary>The study.</summary>
    /// <exception cref="InvalidInputException">There are problems.</exception>
    public StudySpec Required() => Spec ?? throw new InvalidInputException(Problems);
}
