using System.Collections.Frozen;
using System.Text.Json;
using FunctionTune.Json;
using FunctionTune.Studies;
using FunctionTune.Suggest;

namespace FunctionTune.Hosting;

/// <summary>The search algorithms by name.</summary>
public static class Suggesters
{
    private static readonly JsonElement s_none = JsonSerializer.SerializeToElement(new { });

    private static readonly FrozenDictionary<string, Func<JsonFields, ISuggester>> s_byName = new Dictionary<
        string,
        Func<JsonFields, ISuggester>
    >(StringComparer.Ordinal)
    {
        ["rand"] = _ => new RandomSuggester(),
        ["tpe"] = Tpe,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The names, in ordinal order.</summary>
    public static IEnumerable<string> Names => s_byName.Keys.Order(StringComparer.Ordinal);

    /// <summary>The algorithm that <paramref name="algo"/> describes.</summary>
    /// <param name="algo">A name and options.</param>
    /// <exception cref="InvalidInputException">The name or an option is unknown, or an option is out of its range.</exception>
    public static ISuggester Create(AlgoSpec algo)
    {
        var problems = new List<Problem>();
        ISuggester? suggester = Read(algo, "$.algo", problems);
        return problems.Count == 0 ? suggester! : throw new InvalidInputException([.. problems]);
    }

    /// <summary>Everything that is wrong with a description.</summary>
    /// <param name="algo">A name and options.</param>
    /// <param name="path">Where it stands.</param>
    public static IReadOnlyList<Problem> Check(AlgoSpec algo, string path)
    {
        var problems = new List<Problem>();
        Read(algo, path, problems);
        return problems;
    }

    private static ISuggester? Read(AlgoSpec algo, string path, List<Problem> problems)
    {
        if (!s_byName.TryGetValue(algo.Name, out Func<JsonFields, ISuggester>? create))
        {
            problems.Add(
                new Problem(
                    path,
                    "the algorithm must be known",
                    $"'{algo.Name}'",
                    Spelling.Suggest(algo.Name, Names, $"Known are {string.Join(", ", Names)}.")
                )
            );
            return null;
        }

        var options = new JsonFields(algo.Options ?? s_none, $"{path}.{algo.Name}", problems);
        ISuggester suggester = create(options);
        options.RefuseOthers();
        return suggester;
    }

    private static TpeSuggester Tpe(JsonFields options)
    {
        var defaults = new TpeOptions();
        return new TpeSuggester(
            new TpeOptions(
                PriorWeight: options.Number("priorWeight", v => v > 0, "above 0") ?? defaults.PriorWeight,
                StartupTrials: options.Int("nStartupJobs", 0) ?? defaults.StartupTrials,
                Candidates: options.Int("nEICandidates", 1) ?? defaults.Candidates,
                Gamma: options.Number("gamma", v => v > 0, "above 0") ?? defaults.Gamma
            )
        );
    }
}
