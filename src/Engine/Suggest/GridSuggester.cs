using System.Globalization;
using System.Numerics;
using FunctionTune.History;
using FunctionTune.Spaces;
using FunctionTune.Suggest.Grid;

namespace FunctionTune.Suggest;

/// <summary>Tries every point of a grid once, in an order shuffled by the seed, and ends when there is none left.</summary>
/// <remarks>
/// <para>
/// Of a discrete parameter the grid has every value that its prior can give; of any other as many quantiles of its prior as
/// <see cref="GridOptions.Steps"/> says, at the probabilities (i + 0.5) / steps. Parameters of options that are not taken add
/// no points.
/// </para>
/// <para>
/// A trial's point is the one at the place of its number in the order; where that is past the end or was tried already, by
/// whomever, it is the first of the order that was not.
/// </para>
/// </remarks>
public sealed class GridSuggester : ISuggester, ISpaceBound
{
    private readonly GridOptions _options;

    /// <summary>A suggester with the given options.</summary>
    /// <param name="options">The options.</param>
    /// <exception cref="InvalidInputException">An option is out of its range; all problems are listed.</exception>
    public GridSuggester(GridOptions options)
    {
        Problem[] problems = [.. options.Check("$")];
        _options = problems.Length == 0 ? options : throw new InvalidInputException([.. problems]);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidInputException">A parameter has no bounded number of values, and no steps are given.</exception>
    public IReadOnlyList<Suggestion> Suggest(SuggestRequest request)
    {
        GridPoints points =
            GridPoints.Of(request.Space, _options.Steps)
            ?? throw new InvalidInputException([.. Check(request.Space, "$.algo.grid")]);
        var tried = new HashSet<BigInteger>();
        foreach (Observation observation in request.History.Observations)
        {
            if (points.NumberOf(observation.Point) is { } number)
            {
                tried.Add(number);
            }
        }

        var suggestions = new List<Suggestion>(request.Count);
        int place = 0;
        for (int trial = request.First; suggestions.Count < request.Count && tried.Count < points.Count; trial++)
        {
            BigInteger number = GridOrder.At(request.Seed, (int)(trial % points.Count), points.Count);
            while (!tried.Add(number))
            {
                number = GridOrder.At(request.Seed, place++, points.Count);
            }

            suggestions.Add(new Suggestion(points.At(number)));
        }

        return suggestions;
    }

    /// <inheritdoc/>
    IEnumerable<Problem> ISpaceBound.Check(SearchSpace space, string path) => Check(space, path);

    /// <inheritdoc/>
    string? ISpaceBound.Describe(SearchSpace space) =>
        GridPoints.Of(space, _options.Steps) is { } points ? Size(points) : null;

    private IEnumerable<Problem> Check(SearchSpace space, string path)
    {
        string[] unbounded =
        [
            .. space.Parameters.Where(p => GridAxis.Of(p.Prior, _options.Steps) is null).Select(p => $"'{p.Label}'"),
        ];
        if (unbounded.Length > 0)
        {
            const int some = 5;
            string size = Size(GridPoints.Of(space, some)!);
            yield return new Problem(
                path,
                "every parameter of a grid has a bounded number of values",
                $"{string.Join(", ", unbounded)} without",
                $"Give such parameters a step, or write {{ \"grid\": {{ \"steps\": {some} }} }}: the grid would have {size}."
            );
        }
    }

    private static string Size(GridPoints points) =>
        points.Count.IsOne ? "1 point" : $"{points.Count.ToString("N0", CultureInfo.InvariantCulture)} points";
}
