using System.Text.Json;

namespace FunctionTune.Studies;

/// <summary>Which search algorithm a study uses: a registered name and its options.</summary>
/// <param name="Name">The name, such as <c>tpe</c> or <c>rand</c>.</param>
/// <param name="Options">The algorithm's options as a JSON object; null for its defaults.</param>
public sealed record AlgoSpec(string Name, JsonElement? Options = null);
