using System.Collections.Immutable;
using System.Globalization;
using FunctionTune.History;
using FunctionTune.Numerics;
using FunctionTune.Spaces;

namespace FunctionTune.Suggest;

/// <summary>Hyperopt's <c>mix.suggest</c>: for each trial one of several algorithms is drawn, and it sees all trials.</summary>
/// <remarks>
/// Each algorithm has a seed of its own, made of the study's. Where hyperopt draws one algorithm a call, here each trial of a
/// request has its own draw, and sees those before it as pending. When the algorithm drawn knows no further point, the
/// others are asked in their order.
/// </remarks>
public sealed class MixSuggester : ISuggester, ISpaceBound
{
    private const double Tolerance = 1e-6;

    private readonly ImmutableArray<MixPart> _parts;
    private readonly CategoricalPrior _shares;

    /// <summary>A suggester that asks the given ones.</summary>
    /// <param name="parts">The algorithms.</param>
    /// <exception cref="InvalidInputException">The probabilities break their rules; all problems are listed.</exception>
    public MixSuggester(params ImmutableArray<MixPart> parts)
    {
        Problem[] problems = [.. Check([.. parts.Select(part => (double?)part.Probability)], "$")];
        _parts = problems.Length == 0 ? parts : throw new InvalidInputException([.. problems]);
        _shares = new CategoricalPrior(0, (ulong)parts.Length, [.. parts.Select(part => part.Probability)]);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Suggestion> Suggest(SuggestRequest request)
    {
        TrialHistory history = request.Count > 1 ? request.History.Copy() : request.History;
        var suggestions = new List<Suggestion>(request.Count);
        for (int number = request.First; suggestions.Count < request.Count; number++)
        {
            if (Next(request with { History = history, First = number, Count = 1 }) is not { } suggestion)
            {
                break;
            }

            suggestions.Add(suggestion);
            if (suggestions.Count < request.Count)
            {
                history.Record(new Observation(number, suggestion.Point, LossKind.Pending, double.NaN, double.NaN));
            }
        }

        return suggestions;
    }

    /// <inheritdoc/>
    IEnumerable<Problem> ISpaceBound.Check(SearchSpace space, string path) =>
        _parts.SelectMany(
            (part, i) => (part.Suggester as ISpaceBound)?.Check(space, $"{path}[{i}].algo.{part.Name}") ?? []
        );

    /// <inheritdoc/>
    string? ISpaceBound.Describe(SearchSpace space) => null;

    /// <summary>The rules that probabilities break; none when they are sound.</summary>
    /// <param name="probabilities">One an algorithm; null where it is a problem already.</param>
    /// <param name="path">Where the list of algorithms stands.</param>
    internal static IEnumerable<Problem> Check(ImmutableArray<double?> probabilities, string path)
    {
        if (probabilities.IsEmpty)
        {
            yield return new Problem(path, "a mix has at least one algorithm", "none");
            yield break;
        }

        for (int i = 0; i < probabilities.Length; i++)
        {
            if (probabilities[i] is not (null or (>= 0 and <= 1)))
            {
                yield return new Problem($"{path}[{i}].p", "p must lie between 0 and 1", Text(probabilities[i]));
            }
        }

        double? sum = probabilities.Sum(p => p ?? double.NaN);
        if (Math.Abs(sum.Value - 1) > Tolerance)
        {
            string found = string.Join(" + ", probabilities.Select(Text));
            yield return new Problem(path, "the probabilities must sum to 1", $"{found} = {Text(sum)}");
        }
    }

    private Suggestion? Next(SuggestRequest request)
    {
        int drawn = (int)PriorSampler.Draw(_shares, Pcg64.ForTrial(request.Seed, request.First));
        IEnumerable<int> others = Enumerable
            .Range(0, _parts.Length)
            .Where(part => part != drawn && _parts[part].Probability > 0);
        return others.Prepend(drawn).Select(part => Ask(part, request)).FirstOrDefault(answer => answer is not null);
    }

    private Suggestion? Ask(int part, SuggestRequest request)
    {
        // The draw above has used the beginning of the trial's stream: the algorithm must not see it again.
        ulong seed = SplitMix64.Mix(request.Seed ^ SplitMix64.Mix((ulong)part));
        IReadOnlyList<Suggestion> answer = _parts[part].Suggester.Suggest(request with { Seed = seed });
        return answer.Count == 0 ? null : answer[0] with { Source = answer[0].Source ?? _parts[part].Name };
    }

    private static string Text(double? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "?";
}
