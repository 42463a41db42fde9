using System.Collections.Frozen;
using System.Text.Json;
using FunctionTune.Json;
using FunctionTune.Spaces;
using FunctionTune.Studies;
using FunctionTune.Suggest;

namespace FunctionTune.Hosting;

/// <summary>
/// The search algorithms by name: those that come along, and those that a program adds. It never changes: whoever runs studies
/// is handed one.
/// </summary>
public sealed class Suggesters
{
    private static readonly JsonElement s_none = JsonSerializer.SerializeToElement(new { });

    private readonly FrozenDictionary<string, SuggesterMaker> _byName;

    private Suggesters(IEnumerable<KeyValuePair<string, SuggesterMaker>> byName) =>
        _byName = byName.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The algorithms that come along.</summary>
    public static Suggesters BuiltIn { get; } = new(BuiltInSuggesters.ByName);

    /// <summary>The names, in ordinal order.</summary>
    public IEnumerable<string> Names => _byName.Keys.Order(StringComparer.Ordinal);

    /// <summary>These algorithms and one more.</summary>
    /// <param name="name">Its name in studies: small letters, digits and hyphens.</param>
    /// <param name="create">
    /// Makes it from its options. Options that it does not read are refused. What is wrong with one it says by the rules of the
    /// reading methods, by <see cref="JsonFields.Refuse(string, string, string, string)"/>, or by an
    /// <see cref="InvalidInputException"/>; what it then returns is not used.
    /// </param>
    /// <exception cref="ArgumentException">The name has other characters, or is taken.</exception>
    public Suggesters With(string name, Func<JsonFields, ISuggester?> create)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(create);
        return name.Length == 0 || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
                ? throw new ArgumentException(
                    $"The name of an algorithm is made of small letters, digits and hyphens; got '{name}'.",
                    nameof(name)
                )
            : _byName.ContainsKey(name) || string.Equals(name, SuggestStep.Given, StringComparison.Ordinal)
                ? throw new ArgumentException($"The name '{name}' is taken: give another one.", nameof(name))
            : new Suggesters([.. _byName, KeyValuePair.Create(name, Guarded(create))]);
    }

    /// <summary>The algorithm that <paramref name="algo"/> describes.</summary>
    /// <param name="algo">A name and options.</param>
    /// <exception cref="InvalidInputException">The name or an option is unknown, or an option is out of its range.</exception>
    public ISuggester Create(AlgoSpec algo)
    {
        var problems = new List<Problem>();
        ISuggester? suggester = Read(algo, "$.algo", problems);
        return problems.Count == 0 ? suggester! : throw new InvalidInputException([.. problems]);
    }

    /// <summary>Everything that is wrong with a description.</summary>
    /// <param name="algo">A name and options.</param>
    /// <param name="path">Where it stands.</param>
    public IReadOnlyList<Problem> Check(AlgoSpec algo, string path)
    {
        var problems = new List<Problem>();
        Read(algo, path, problems);
        return problems;
    }

    /// <summary>Everything that is wrong with a description, or, where an algorithm cannot search every space, with the space.</summary>
    /// <param name="algo">A name and options.</param>
    /// <param name="space">The space to search.</param>
    /// <param name="path">Where the description stands.</param>
    public IReadOnlyList<Problem> Check(AlgoSpec algo, SearchSpace space, string path)
    {
        var problems = new List<Problem>();
        return Read(algo, path, problems) is ISpaceBound bound && problems.Count == 0
            ? [.. bound.Check(space, $"{path}.{algo.Name}")]
            : problems;
    }

    /// <summary>The algorithm in a few words, with what can be said beforehand, such as <c>grid, 1,250 points</c>.</summary>
    /// <param name="algo">A name and options, without problems.</param>
    /// <param name="space">The space to search.</param>
    public string Describe(AlgoSpec algo, SearchSpace space) =>
        (Create(algo) as ISpaceBound)?.Describe(space) is { } more ? $"{algo.Name}, {more}" : algo.Name;

    /// <summary>The algorithm that a description says; null, with the problems told, when it says none.</summary>
    /// <param name="algo">A name and options.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="problems">What is wrong is added here.</param>
    internal ISuggester? Read(AlgoSpec algo, string path, List<Problem> problems)
    {
        if (!_byName.TryGetValue(algo.Name, out SuggesterMaker? make))
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

        return make(this, algo.Options ?? s_none, $"{path}.{algo.Name}", problems);
    }

    private static SuggesterMaker Guarded(Func<JsonFields, ISuggester?> create) =>
        BuiltInSuggesters.OfFields(
            (fields, problems) =>
            {
                try
                {
                    return create(fields);
                }
                catch (InvalidInputException e)
                {
                    problems.AddRange(e.Problems);
                    return null;
                }
            }
        );
}
