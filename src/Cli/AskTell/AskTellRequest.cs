using FunctionTune.History;
using FunctionTune.Studies;
using FunctionTune.Suggest;

namespace FunctionTune.Cli.AskTell;

/// <summary>One line that a client sends.</summary>
internal abstract record AskTellRequest
{
    private AskTellRequest() { }

    /// <summary>The first line: what is searched, and how.</summary>
    /// <param name="Spec">The space, the seed, and what the client says of its plans.</param>
    /// <param name="Suggester">The algorithm.</param>
    public sealed record Open(StudySpec Spec, ISuggester Suggester) : AskTellRequest;

    /// <summary>A wish for points.</summary>
    /// <param name="Count">How many. Range: 1 to <see cref="AskTellReader.MostAsked"/>.</param>
    public sealed record Ask(int Count) : AskTellRequest;

    /// <summary>How a trial ended.</summary>
    /// <param name="Trial">Its number.</param>
    /// <param name="Kind">What is known of its loss.</param>
    /// <param name="Loss">The loss; NaN unless it is finite.</param>
    /// <param name="LossVariance">Its variance; NaN when unknown.</param>
    public sealed record Tell(int Trial, LossKind Kind, double Loss, double LossVariance) : AskTellRequest;
}
