using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionTune.Json;
using FunctionTune.Spaces.Notation;

namespace FunctionTune.Spaces;

/// <summary>
/// The JSON form of a search space; <c>docs/space.schema.json</c> describes it. An expression is an object whose one key is the
/// name of an hp function, with hyperopt's positional arguments as an array, or named ones as an object. All other JSON stands
/// for itself.
/// </summary>
/// <remarks>
/// Labels default to the path of keys: <c>kernel.gamma</c>, <c>layers[0].size</c>; the single expression of a space is called
/// <c>x</c>. Options of a choice do not show in the path. Where several parameters would get one label, the options are added,
/// by the first text in the option, or by its number where there is none or another option has the same:
/// <c>kernel.rbf.gamma</c>, <c>kernel[1].gamma</c>.
/// </remarks>
public static class SpaceJson
{
    /// <summary>Reads a space, and lists everything that is wrong with it at once. Never throws, whatever the JSON.</summary>
    /// <param name="json">The space.</param>
    /// <param name="path">The path of <paramref name="json"/> in its document, such as <c>$.space</c>.</param>
    /// <param name="problems">Receives what is wrong, with paths below <paramref name="path"/>.</param>
    /// <returns>The space, or null when there are problems.</returns>
    public static SearchSpace? Read(JsonElement json, string path, ICollection<Problem> problems)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(problems);
        int before = problems.Count;
        if (!JsonRules.Check(json, path, problems))
        {
            return null;
        }

        var reader = new SpaceReader(problems);
        SpaceDraft draft = reader.Read(json, path, LabelPath.Root);
        SpaceNode root = new SpaceAssembly(LabelAssignment.Assign(reader.Expressions, problems), problems).Build(draft);
        if (problems.Count == before && reader.Expressions.Count == 0)
        {
            string hint =
                "A parameter is written {\"uniform\": [0, 1]}, with the name of an hp function as the only key.";
            problems.Add(new(path, "a space must have at least one parameter", JsonText.Short(json), hint));
        }

        return problems.Count == before ? SearchSpace.Create(root) : null;
    }

    /// <summary>Reads a space that has been checked before, such as one from a study's log.</summary>
    /// <param name="json">The space.</param>
    /// <exception cref="InvalidInputException">Something is wrong with it; all problems are listed.</exception>
    public static SearchSpace Read(JsonElement json)
    {
        var problems = new List<Problem>();
        return Read(json, "$", problems) ?? throw new InvalidInputException([.. problems]);
    }

    /// <summary>
    /// Writes a space so that reading gives an equal one: the same labels, priors, conditions and evaluation. Labels are written
    /// where they are not the default, and a parameter's second place as a reference.
    /// </summary>
    /// <param name="space">The space.</param>
    /// <returns>A tree of its own.</returns>
    public static JsonNode Write(SearchSpace space) => new SpaceWriter().Write(space.Root, LabelPath.Root)!;
}
