using System.Collections.Immutable;
using System.Text.Json;
using FunctionTune.Json;

namespace FunctionTune.Spaces.Notation;

/// <summary>Reads the JSON form of a space into a draft.</summary>
/// <param name="problems">Receives what is wrong.</param>
internal sealed class SpaceReader(ICollection<Problem> problems)
{
    private readonly ArgumentReader _arguments = new(problems);
    private readonly PriorReader _priors = new(problems);

    /// <summary>The parameters read so far, in the order of the tree; one whose arguments are refused counts too.</summary>
    public List<SpaceDraft.Expression> Expressions { get; } = [];

    /// <summary>The draft of any node.</summary>
    /// <param name="json">The node.</param>
    /// <param name="path">Its JSON path.</param>
    /// <param name="place">Its place in the structure that the objective receives.</param>
    public SpaceDraft Read(JsonElement json, string path, LabelPath place)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                ImmutableArray<JsonProperty> members = [.. json.EnumerateObject()];
                return members is [var only]
                    ? ReadSingle(only, json, path, place)
                    : ReadDict([.. members.Select(m => KeyValuePair.Create(m.Name, m.Value))], path, place);
            case JsonValueKind.Array:
                return new SpaceDraft.List([
                    .. json.EnumerateArray().Select((v, i) => Read(v, JsonPath.Item(path, i), place.Item(i))),
                ]);
            default:
                return new SpaceDraft.Literal(json.Clone());
        }
    }

    /// <summary>An object with one key: an expression, a reference, an escape, or a dictionary after all.</summary>
    private SpaceDraft ReadSingle(JsonProperty member, JsonElement json, string path, LabelPath place)
    {
        string inner = JsonPath.Key(path, member.Name);
        if (DistributionSignature.Find(member.Name) is { } signature)
        {
            return ReadExpression(signature, member.Value, inner, place);
        }

        switch (member.Name)
        {
            case SpaceWords.Reference when member.Value.ValueKind == JsonValueKind.String:
                return new SpaceDraft.Reference(member.Value.GetString()!, inner);
            case SpaceWords.Literal:
                return new SpaceDraft.Literal(member.Value.Clone());
            case SpaceWords.Dict when SpaceWords.ArePairs(member.Value):
                return ReadPairs(member.Value, inner, place);
        }

        if (SpaceWords.Misspelt(member.Name) is { } name && SpaceWords.AreArguments(member.Value))
        {
            problems.Add(
                new(
                    inner,
                    "an expression must be called by the name of an hp function",
                    $"'{member.Name}'",
                    $"Did you mean '{name}'? A plain dictionary with this key is written "
                        + $"{{\"dict\": [[\"{member.Name}\", …]]}}."
                )
            );
            return new SpaceDraft.Literal(json.Clone());
        }

        return ReadDict([KeyValuePair.Create(member.Name, member.Value)], path, place);
    }

    private SpaceDraft.Dict ReadDict(
        ImmutableArray<KeyValuePair<string, JsonElement>> members,
        string path,
        LabelPath place
    )
    {
        if (SpaceWords.FindExpression(members) is { } name)
        {
            problems.Add(
                new(
                    path,
                    "an expression must be an object with one key, the name of the hp function",
                    string.Join(", ", members.Select(member => $"'{member.Key}'")),
                    $"Arguments and the label go inside: {{\"{SpaceWords.Misspelt(name)}\": {{…, \"label\": …}}}}."
                )
            );
        }

        // A key's arguments that were just refused are read as a plain value here, which finds no further fault in them.
        return new SpaceDraft.Dict([
            .. members.Select(m =>
                KeyValuePair.Create(m.Key, Read(m.Value, JsonPath.Key(path, m.Key), place.Key(m.Key)))
            ),
        ]);
    }

    private SpaceDraft.Dict ReadPairs(JsonElement pairs, string path, LabelPath place)
    {
        ImmutableArray<KeyValuePair<string, SpaceDraft>>.Builder entries = ImmutableArray.CreateBuilder<
            KeyValuePair<string, SpaceDraft>
        >();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach ((JsonElement pair, int i) in pairs.EnumerateArray().Select((pair, i) => (pair, i)))
        {
            string key = pair[0].GetString()!;
            string inner = JsonPath.Item(path, i);
            if (!keys.Add(key))
            {
                problems.Add(new(inner, "a key must stand once in a dictionary", $"'{key}' again"));
            }

            entries.Add(KeyValuePair.Create(key, Read(pair[1], JsonPath.Item(inner, 1), place.Key(key))));
        }

        return new SpaceDraft.Dict(entries.ToImmutable());
    }

    private SpaceDraft.Expression ReadExpression(
        DistributionSignature signature,
        JsonElement json,
        string path,
        LabelPath place
    )
    {
        ImmutableArray<Argument>? arguments = _arguments.Read(signature, json, path);
        string? label = _arguments.ReadLabel(json, path);
        bool isChoice = signature.Name is "choice" or "pchoice";
        Distribution? prior = arguments is { } read && !isChoice ? _priors.Read(signature, read, path) : null;

        // Listed before its options are read, so that the list is in the order of the tree.
        int at = Expressions.Count;
        var expression = new SpaceDraft.Expression(path, place, label, prior, default);
        Expressions.Add(expression);
        if (isChoice && arguments is [var options])
        {
            expression = new OptionReader(this, problems).Read(signature, options, expression);
            Expressions[at] = expression;
        }

        return expression;
    }
}
