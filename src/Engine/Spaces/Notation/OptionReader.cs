using System.Text.Json;
using FunctionTune.Json;

namespace FunctionTune.Spaces.Notation;

/// <summary>Reads the options of choice and pchoice.</summary>
/// <param name="nodes">Reads what stands in an option.</param>
/// <param name="problems">Receives what is wrong.</param>
internal sealed class OptionReader(SpaceReader nodes, ICollection<Problem> problems)
{
    private const int MaxNameLength = 40;

    /// <summary>The expression with its options, and with its prior unless that is refused.</summary>
    /// <param name="signature">choice or pchoice.</param>
    /// <param name="options">The argument that holds the options.</param>
    /// <param name="expression">The expression without options.</param>
    public SpaceDraft.Expression Read(
        DistributionSignature signature,
        Argument options,
        SpaceDraft.Expression expression
    )
    {
        if (options.Value.ValueKind != JsonValueKind.Array)
        {
            problems.Add(new(options.Path, "options must be a list", JsonText.Short(options.Value)));
            return expression;
        }

        bool isWeighted = signature.Name is "pchoice";
        (JsonElement Value, string Path)[] items =
        [
            .. options.Value.EnumerateArray().Select((value, i) => (value, JsonPath.Item(options.Path, i))),
        ];
        Distribution? prior = isWeighted ? Weighted(items) : new Distribution.Choice(items.Length);
        if (prior is not null)
        {
            foreach (BrokenRule broken in DistributionRules.Broken(prior))
            {
                problems.Add(new(options.Path, broken.Rule, broken.Value, broken.Hint));
            }
        }

        (JsonElement Value, string Path)[] read = isWeighted
            ? [.. items.Where(item => IsPair(item.Value)).Select(item => (item.Value[1], JsonPath.Item(item.Path, 1)))]
            : items;
        string?[] names = Names([.. read.Select(item => item.Value)]);
        return expression with
        {
            Prior = prior,
            Options =
            [
                .. read.Select((item, i) => nodes.Read(item.Value, item.Path, expression.Place.Option(i, names[i]))),
            ],
        };
    }

    private Distribution.PChoice? Weighted((JsonElement Value, string Path)[] items)
    {
        int before = problems.Count;
        var probabilities = new List<double>();
        foreach ((JsonElement value, string path) in items)
        {
            if (!IsPair(value))
            {
                problems.Add(new(path, "an option of pchoice must be [probability, option]", JsonText.Short(value)));
            }
            else if (value[0].ValueKind != JsonValueKind.Number || !value[0].TryGetDouble(out double probability))
            {
                string hint = "An option is [probability, option].";
                problems.Add(
                    new(JsonPath.Item(path, 0), "a probability must be a number", JsonText.Short(value[0]), hint)
                );
            }
            else
            {
                probabilities.Add(probability);
            }
        }

        bool isRead = problems.Count == before && probabilities.TrueForAll(double.IsFinite);
        return isRead ? new Distribution.PChoice([.. probabilities]) : null;
    }

    private static bool IsPair(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 2;

    /// <summary>What tells the options apart in labels: the first text in each, where no other option has the same.</summary>
    private static string?[] Names(JsonElement[] options)
    {
        string?[] names = [.. options.Select(FirstText)];
        var repeated = names.GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Skip(1).Any());
        HashSet<string?> shared = [.. repeated.Select(group => group.Key)];
        return [.. names.Select(name => shared.Contains(name) ? null : name)];
    }

    private static string? FirstText(JsonElement option)
    {
        IEnumerable<JsonElement> children = option.ValueKind switch
        {
            JsonValueKind.Object => option.EnumerateObject().Select(member => member.Value),
            JsonValueKind.Array => option.EnumerateArray(),
            _ => [],
        };
        return
            children
                .Where(child => child.ValueKind == JsonValueKind.String)
                .Select(child => child.GetString())
                .FirstOrDefault()
                is { Length: > 0 and <= MaxNameLength } text
            ? text
            : null;
    }
}
