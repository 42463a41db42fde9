using System.Globalization;

namespace FunctionTune.DatabricksEmulator.Wire;

/// <summary>What a request asks for in its query; a parameter that nobody reads is ignored, as the real workspace does.</summary>
internal sealed class Query(IQueryCollection query)
{
    public string? Text(string name) => query[name].FirstOrDefault() is { Length: > 0 } text ? text : null;

    public string Required(string name) => Text(name) ?? throw ApiException.Invalid($"Missing required field: {name}");

    public bool Flag(string name) =>
        Text(name) switch
        {
            null or "false" => false,
            "true" => true,
            string other => throw ApiException.Malformed($"Expected boolean for field '{name}', found '{other}'"),
        };

    public long? Whole(string name) =>
        Text(name) is not { } text ? null
        : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number
        : throw ApiException.Malformed($"Expected integer for field '{name}', found '{text}'");

    public long RunId() => Whole("run_id") ?? throw ApiException.Invalid("Missing required field: run_id");
}
