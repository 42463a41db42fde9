using System.Collections.Frozen;
using System.Text.Json;
using FunctionTune.Json;
using FunctionTune.Studies;
using FunctionTune.Suggest;

namespace FunctionTune.Hosting;

/// <summary>The search algorithms that come along.</summary>
internal static class BuiltInSuggesters
{
    /// <summary>How often an algorithm that follows its random numbers is asked again for a point that was not tried.</summary>
    private const int Redraws = 8;

    /// <summary>Each by its name.</summary>
    public static FrozenDictionary<string, SuggesterMaker> ByName { get; } =
        new Dictionary<string, SuggesterMaker>(StringComparer.Ordinal)
        {
            ["anneal"] = OfFields(Anneal),
            ["auto"] = OfFields((_, _) => WithoutRepetition(new AutoSuggester())),
            ["cmaes"] = OfFields(Cmaes),
            ["gp"] = OfFields((fields, problems) => WithoutRepetition(Gp(fields, problems))),
            ["grid"] = OfFields(Grid),
            ["mix"] = Mix,
            ["rand"] = OfFields((_, _) => new RandomSuggester()),
            ["sobol"] = OfFields((_, _) => new DistinctSuggester(new SobolSuggester(), Redraws)),
            ["tpe"] = OfFields(Tpe),
            ["tpe-mv"] = OfFields(TpeMv),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>An algorithm whose options are the fields of an object; those that it does not read are refused.</summary>
    public static SuggesterMaker OfFields(Func<JsonFields, List<Problem>, ISuggester?> make) =>
        (_, element, path, problems) =>
        {
            var options = new JsonFields(element, path, problems);
            ISuggester? suggester = make(options, problems);
            options.RefuseOthers();
            return suggester;
        };

    private static AnnealSuggester? Anneal(JsonFields fields, List<Problem> problems)
    {
        var defaults = new AnnealOptions();
        var options = new AnnealOptions(
            AvgBestIdx: fields.Number("avgBestIdx", _ => true, "") ?? defaults.AvgBestIdx,
            ShrinkCoef: fields.Number("shrinkCoef", _ => true, "") ?? defaults.ShrinkCoef
        );
        return Sound(options.Check(fields.PathOf("")), problems) ? new AnnealSuggester(options) : null;
    }

    private static GpSuggester? Gp(JsonFields fields, List<Problem> problems)
    {
        var defaults = new GpOptions();
        var options = new GpOptions(
            StartupTrials: fields.Int("nStartupJobs", int.MinValue) ?? defaults.StartupTrials,
            MaxTrials: fields.Int("maxTrials", int.MinValue) ?? defaults.MaxTrials
        );
        return Sound(options.Check(fields.PathOf("")), problems) ? new GpSuggester(options) : null;
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
        return Sound(options.Check(fields.PathOf("")), problems) ? new TpeSuggester(options) : null;
    }

    private static DistinctSuggester? Cmaes(JsonFields fields, List<Problem> problems)
    {
        var defaults = new CmaesOptions();
        var options = new CmaesOptions(
            Sigma: fields.Number("sigma", _ => true, "") ?? defaults.Sigma,
            PopulationSize: fields.Int("populationSize", int.MinValue) ?? defaults.PopulationSize
        );
        return Sound(options.Check(fields.PathOf("")), problems)
            ? new DistinctSuggester(new CmaesSuggester(options), redraws: 0)
            : null;
    }

    private static GridSuggester? Grid(JsonFields fields, List<Problem> problems)
    {
        var options = new GridOptions(Steps: fields.Int("steps", int.MinValue));
        return Sound(options.Check(fields.PathOf("")), problems) ? new GridSuggester(options) : null;
    }

    private static DistinctSuggester? TpeMv(JsonFields fields, List<Problem> problems)
    {
        var defaults = new TpeMvOptions();
        var options = new TpeMvOptions(
            StartupTrials: fields.Int("nStartupJobs", int.MinValue) ?? defaults.StartupTrials,
            Candidates: fields.Int("nEICandidates", int.MinValue) ?? defaults.Candidates,
            Gamma: fields.Number("gamma", _ => true, "") ?? defaults.Gamma,
            PriorWeight: fields.Number("priorWeight", _ => true, "") ?? defaults.PriorWeight
        );
        return Sound(options.Check(fields.PathOf("")), problems)
            ? new DistinctSuggester(new TpeMvSuggester(options), Redraws)
            : null;
    }

    private static MixSuggester? Mix(Suggesters known, JsonElement element, string path, List<Problem> problems)
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            const string rule = "a mix is a list of algorithms with their probabilities";
            const string hint = """Write { "mix": [{ "p": 0.25, "algo": "rand" }, { "p": 0.75, "algo": "tpe" }] }.""";
            problems.Add(new Problem(path, rule, JsonText.Short(element), hint));
            return null;
        }

        int before = problems.Count;
        var parts = new List<MixPart>();
        var probabilities = new List<double?>();
        foreach ((int i, JsonElement item) in element.EnumerateArray().Index())
        {
            var fields = new JsonFields(item, JsonPath.Item(path, i), problems);
            _ = fields.Required("p", "p says how often the algorithm is asked", "Write for example \"p\": 0.25.");
            _ = fields.Required("algo", "algo says which algorithm is asked", "Write for example \"algo\": \"tpe\".");
            double? p = fields.Number("p", _ => true, "");
            AlgoSpec? algo = AlgoJson.Read(fields);
            ISuggester? suggester = algo is null ? null : known.Read(algo, fields.PathOf("algo"), problems);
            fields.RefuseOthers();
            probabilities.Add(p);
            parts.Add(new MixPart(p ?? 0, algo?.Name ?? "", suggester!));
        }

        problems.AddRange(MixSuggester.Check([.. probabilities], path));
        return problems.Count == before ? new MixSuggester([.. parts]) : null;
    }

    // Other random numbers would hardly change what a model holds to be the best point.
    private static DistinctSuggester? WithoutRepetition(ISuggester? suggester) =>
        suggester is null ? null : new DistinctSuggester(suggester, redraws: 0);

    private static bool Sound(IEnumerable<Problem> broken, List<Problem> problems)
    {
        int before = problems.Count;
        problems.AddRange(broken);
        return problems.Count == before;
    }
}
