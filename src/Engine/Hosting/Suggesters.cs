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

    private static readonly FrozenDictionary<string, Func<JsonFields, List<Problem>, ISuggester?>> s_byName =
        new Dictionary<string, Func<JsonFields, List<Problem>, ISuggester?>>(StringComparer.Ordinal)
        {
            ["rand"] = (_, _) => new RandomSuggester(),
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
        if (!s_byName.TryGetValue(algo.Name, out Func<JsonFields, List<Problem>, ISuggester?>? create))
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
        ISuggester? suggester = create(options, problems);
        options.RefuseOthers();
        return suggester;
    }

    private static TpeSuggester? Tpe(JsonFields fields, List<Problem> problems)
    {
        var defaults = new TpeOptions();
        var options = new TpeOptions(
            PriorWeight: fields.Number("priorWeight", _ => true, "") ?? defaults.PriorWeight,
            StartupTrials: fields.Int("nStartupJobs", int.MinValue) ?? defaults.StartupTrials,
            Candidates: fields.Int("nEICandidates", int.MinValue) ?? defaults.Candidates,
            Gamma: fields.Number("gamma", _ => true, "") ?? defaults.Gamma
        );
        Problem[] broken = [.. options.Check(fields.PathOf(""))];
        problems.AddRange(broken);
        return broken.Length == 0 ? new TpeSuggester(options) : null;
    }
}
