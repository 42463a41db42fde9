using System.Runtime.InteropServices;
using FunctionTune.History;
using FunctionTune.Numerics;
using FunctionTune.Spaces;
using FunctionTune.Suggest.Gp;

namespace FunctionTune.Suggest;

/// <summary>
/// Bayesian optimisation with a Gaussian process: a model of the loss over the whole space, which says of every point what is
/// expected there and how surely, and the point with the largest log expected improvement.
/// </summary>
/// <remarks>
/// <para>
/// Matérn 5/2 kernels with a length for every parameter, one over all parameters together and one over each alone; options
/// differ or are equal; a conditional parameter counts where it is active. The kernel's parameters are the most probable ones
/// given the trials. The noise of the losses is estimated; a reported variance of a loss is added to it. Every other
/// suggestion transforms the losses by the power under which they are likeliest, the others leave them as they are: the first
/// sees the valley at the bottom of a wide range, the second does not take it for the whole truth.
/// </para>
/// <para>
/// Pending trials count as if their losses had come out as expected, failed ones as the worst loss of all. The first points
/// are the median of the prior and an even filling. Sources stand with each part, in the folder <c>Gp</c>.
/// </para>
/// </remarks>
public sealed class GpSuggester : ISuggester
{
    private const int MostAnchors = 5;
    private readonly GpOptions _options;

    /// <summary>A suggester with the given options.</summary>
    /// <param name="options">The options.</param>
    /// <exception cref="InvalidInputException">An option is out of its range; all problems are listed.</exception>
    public GpSuggester(GpOptions options)
    {
        Problem[] problems = [.. options.Check("$")];
        _options = problems.Length == 0 ? options : throw new InvalidInputException([.. problems]);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Suggestion> Suggest(SuggestRequest request)
    {
        IList<Observation> observations = request.History.Observations;
        int known = observations.Count(o => o.Kind != LossKind.None);
        int finite = observations.Count(o => o.Kind == LossKind.Finite);
        int fromDesign = finite == 0 ? request.Count : Math.Clamp(_options.StartupTrials - known, 0, request.Count);
        var suggestions = new Suggestion[request.Count];
        for (int i = 0; i < fromDesign; i++)
        {
            suggestions[i] = new Suggestion(StartupDesign.At(request.Space, request.Seed, request.First + i));
        }

        if (fromDesign < request.Count)
        {
            Model(request, suggestions, fromDesign);
        }

        return suggestions;
    }

    private void Model(SuggestRequest request, Suggestion[] suggestions, int from)
    {
        var coding = new SpaceCoding(request.Space);
        var trials = TrainingSet.Of(coding, request.History.Observations, _options.MaxTrials);
        double[][] pending =
        [
            .. request.History.Observations.Where(o => o.Kind == LossKind.Pending).Select(o => coding.Encode(o.Point)),
            .. suggestions.Take(from).Select(s => coding.Encode(s.Point)),
        ];
        bool keepsShape = (request.First + from) % 2 == 0;
        int room = pending.Length + suggestions.Length - from;
        (Surrogate surrogate, WarpedLosses losses) = SurrogateFit.To(coding, trials, keepsShape, room);
        double[] expected = surrogate.Expected;
        int[] order = [.. Enumerable.Range(0, trials.Count).OrderBy(i => expected[i])];
        double[][] anchors = [.. order.Take(MostAnchors).Select(i => trials.Points[i])];
        var acquisition = new Acquisition(surrogate, expected[order[0]], coding.Dimensions);
        foreach (double[] x in pending)
        {
            surrogate.Believe(x);
        }

        for (int i = from; i < suggestions.Length; i++)
        {
            var draw = new CandidateDraw(coding, Pcg64.ForTrial(request.Seed, request.First + i));
            (double[] x, double score) = new AcquisitionSearch(coding, acquisition, draw).Best(anchors);
            suggestions[i] = new Suggestion(ToPoint(coding, x))
            {
                Why = request.Explain ? Explain(surrogate, losses, trials, x, score) : null,
            };
            surrogate.Believe(x);
        }
    }

    private static Point ToPoint(SpaceCoding coding, double[] x) =>
        new(ImmutableCollectionsMarshal.AsImmutableArray([.. x.Select((value, k) => coding.Decode(k, value))]));

    // Half the distance between what lies a deviation above and below the expectation, as the transformation may bend it.
    private static Explanation Explain(
        Surrogate surrogate,
        WarpedLosses losses,
        TrainingSet trials,
        double[] x,
        double score
    )
    {
        (double mean, double deviation) = surrogate.Predict(x);
        double spread = losses.Inverse(mean + deviation) - losses.Inverse(mean - deviation);
        return new Explanation
        {
            Score = score,
            Mean = trials.Scale * losses.Inverse(mean),
            Deviation = trials.Scale * spread / 2,
            Trials = [.. surrogate.MostTelling(x, Explanation.MostTrials).Select(i => trials.Numbers[i])],
        };
    }
}
