using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using FunctionTune.Json;

namespace FunctionTune.Spaces;

/// <summary>
/// Whether a JSON value has the form that a node evaluates to, each parameter taken by itself. One instance serves one value:
/// what it finds for a choice at a path is kept, since a choice may stand in many places.
/// </summary>
internal sealed class NodeMatch
{
    private readonly Dictionary<(string Label, string Path), ImmutableArray<Problem>> _choices = [];

    /// <summary>What keeps <paramref name="value"/> from having the form of <paramref name="node"/>; none when it has.</summary>
    public ImmutableArray<Problem> Check(SpaceNode node, JsonElement value, string path) =>
        node switch
        {
            SpaceNode.Literal literal => JsonElement.DeepEquals(literal.Value, value)
                ? []
                : [Misfit(node, value, path)],
            SpaceNode.Dict dictionary => CheckDict(dictionary, value, path),
            SpaceNode.List list => value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == list.Items.Length
                ? [.. list.Items.SelectMany((item, i) => Check(item, value[i], JsonPath.Item(path, i)))]
                : [Misfit(node, value, path)],
            SpaceNode.Number number => IsPossible(number.Prior, value) ? [] : [Misfit(node, value, path)],
            SpaceNode.Choice choice => CheckChoice(choice, value, path),
            _ => throw new UnreachableException(),
        };

    /// <summary>Whether an option of a choice may be taken and has the form of <paramref name="value"/>.</summary>
    public bool Fits(SpaceNode.Choice choice, int option, JsonElement value, string path) =>
        DistributionSupport.Contains(choice.Prior, option) && Check(choice.Options[option], value, path).IsEmpty;

    private static bool IsPossible(Distribution prior, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number
        && value.TryGetDouble(out double number)
        && DistributionSupport.Contains(prior, number);

    private static Problem Misfit(SpaceNode node, JsonElement value, string path) =>
        new(path, $"the value must be {NodeText.Describe(node)}", JsonText.Short(value));

    private ImmutableArray<Problem> CheckDict(SpaceNode.Dict dictionary, JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return [Misfit(dictionary, value, path)];
        }

        ImmutableArray<Problem>.Builder problems = ImmutableArray.CreateBuilder<Problem>();
        foreach ((string key, SpaceNode child) in dictionary.Entries)
        {
            if (value.TryGetProperty(key, out JsonElement member))
            {
                problems.AddRange(Check(child, member, JsonPath.Key(path, key)));
            }
            else
            {
                string hint = $"It is {NodeText.Describe(child)}.";
                problems.Add(new Problem(JsonPath.Key(path, key), "the key must be there", "nothing", hint));
            }
        }

        string[] known = [.. dictionary.Entries.Select(entry => entry.Key)];
        string[] given = [.. value.EnumerateObject().Select(member => member.Name)];
        problems.AddRange(
            given
                .Except(known, StringComparer.Ordinal)
                .Select(key => new Problem(
                    JsonPath.Key(path, key),
                    "a key must be one of the space's",
                    $"'{key}'",
                    Spelling.Suggest(key, known.Except(given, StringComparer.Ordinal), "Leave it out.")
                ))
        );
        return problems.ToImmutable();
    }

    private ImmutableArray<Problem> CheckChoice(SpaceNode.Choice choice, JsonElement value, string path)
    {
        if (_choices.TryGetValue((choice.Label, path), out ImmutableArray<Problem> known))
        {
            return known;
        }

        ImmutableArray<Problem> problems = Enumerable
            .Range(0, choice.Options.Length)
            .Any(i => Fits(choice, i, value, path))
            ? []
            : Misfits(choice, value, path);
        _choices.Add((choice.Label, path), problems);
        return problems;
    }

    /// <summary>
    /// The problems of the option that is nearest: the one with the fewest. Where the value is of another form than every option,
    /// what they are says more.
    /// </summary>
    private ImmutableArray<Problem> Misfits(SpaceNode.Choice choice, JsonElement value, string path)
    {
        ImmutableArray<Problem> nearest = choice
            .Options.Where((_, i) => DistributionSupport.Contains(choice.Prior, i))
            .Select(option => Check(option, value, path))
            .Where(problems => problems.All(problem => !string.Equals(problem.Path, path, StringComparison.Ordinal)))
            .OrderBy(problems => problems.Length)
            .FirstOrDefault();
        return nearest.IsDefault ? [Misfit(choice, value, path)] : nearest;
    }
}
