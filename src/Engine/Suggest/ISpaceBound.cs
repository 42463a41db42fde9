using FunctionTune.Spaces;

namespace FunctionTune.Suggest;

/// <summary>A suggester that cannot search every space, or that can say beforehand what it makes of one.</summary>
internal interface ISpaceBound
{
    /// <summary>Why the space cannot be searched; none when it can.</summary>
    /// <param name="space">The space.</param>
    /// <param name="path">Where the algorithm stands, for the problems' <see cref="Problem.Path"/>.</param>
    IEnumerable<Problem> Check(SearchSpace space, string path);

    /// <summary>What the search will be, such as "1,250 points"; null when there is nothing to say beforehand.</summary>
    /// <param name="space">A space that can be searched.</param>
    string? Describe(SearchSpace space);
}
