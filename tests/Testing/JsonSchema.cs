using System.Collections.Frozen;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace FunctionTune.Testing;

/// <summary>
/// A JSON Schema (2020-12) in the keywords that the published schemas use; a keyword beyond them fails loudly. References are
/// <c>#/$defs/name</c> within the file, or the name of a file beside it.
/// </summary>
public sealed class JsonSchema
{
    private static readonly TimeSpan PatternTimeout = TimeSpan.FromSeconds(1);

    private static readonly FrozenSet<string> TypedKeywords = FrozenSet.Create(
        StringComparer.Ordinal,
        "properties",
        "dependentSchemas",
        "required",
        "propertyNames",
        "additionalProperties",
        "minProperties",
        "maxProperties",
        "prefixItems",
        "items",
        "minItems",
        "maxItems",
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "minLength",
        "maxLength",
        "pattern",
        "format"
    );

    private readonly string _folder;
    private readonly JsonElement _root;

    private JsonSchema(string file)
    {
        _folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        _root = document.RootElement.Clone();
    }

    /// <summary>The schema in <paramref name="file"/>.</summary>
    public static JsonSchema Load(string file) => new(file);

    /// <summary>Whether <paramref name="value"/> is valid.</summary>
    public bool IsValid(JsonElement value) => IsValid(_root, value);

    private bool IsValid(JsonElement schema, JsonElement value) =>
        schema.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => schema.EnumerateObject().All(keyword => Holds(schema, keyword, value)),
        };

    private bool Holds(JsonElement schema, JsonProperty keyword, JsonElement value)
    {
        JsonElement rule = keyword.Value;
        return keyword.Name switch
        {
            "$schema" or "$id" or "$defs" or "$comment" => true,
            "title" or "description" or "examples" or "default" or "deprecated" => true,
            "then" or "else" => true, // with "if"
            "$ref" => Follow(rule.GetString()!, value),
            "if" => Branch(schema, rule, value),
            "not" => !IsValid(rule, value),
            "allOf" => rule.EnumerateArray().All(one => IsValid(one, value)),
            "anyOf" => rule.EnumerateArray().Any(one => IsValid(one, value)),
            "oneOf" => rule.EnumerateArray().Count(one => IsValid(one, value)) == 1,
            "const" => JsonElement.DeepEquals(rule, value),
            "enum" => rule.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value)),
            "type" => rule.ValueKind == JsonValueKind.Array
                ? rule.EnumerateArray().Any(type => HasType(type.GetString()!, value))
                : HasType(rule.GetString()!, value),
            _ => value.ValueKind switch
            {
                JsonValueKind.Object => HoldsForObject(schema, keyword, value),
                JsonValueKind.Array => HoldsForArray(schema, keyword, value),
                JsonValueKind.Number => HoldsForNumber(keyword, value.GetDouble()),
                JsonValueKind.String => HoldsForString(keyword, value.GetString()!),
                _ => true,
            },
        };
    }

    private bool HoldsForObject(JsonElement schema, JsonProperty keyword, JsonElement value) =>
        keyword.Name switch
        {
            "properties" => keyword.Value.EnumerateObject().All(p => IsAbsentOrValid(value, p.Name, p.Value)),
            "dependentSchemas" => keyword
                .Value.EnumerateObject()
                .All(p => !value.TryGetProperty(p.Name, out _) || IsValid(p.Value, value)),
            "required" => keyword.Value.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _)),
            "propertyNames" => value
                .EnumerateObject()
                .All(p => IsValid(keyword.Value, JsonSerializer.SerializeToElement(p.Name))),
            "additionalProperties" => value
                .EnumerateObject()
                .Where(p =>
                    !schema.TryGetProperty("properties", out JsonElement known) || !known.TryGetProperty(p.Name, out _)
                )
                .All(p => IsValid(keyword.Value, p.Value)),
            "minProperties" => value.GetPropertyCount() >= keyword.Value.GetInt32(),
            "maxProperties" => value.GetPropertyCount() <= keyword.Value.GetInt32(),
            _ => IsForOtherTypes(keyword.Name),
        };

    private bool HoldsForArray(JsonElement schema, JsonProperty keyword, JsonElement value)
    {
        int prefix = schema.TryGetProperty("prefixItems", out JsonElement first) ? first.GetArrayLength() : 0;
        return keyword.Name switch
        {
            "prefixItems" => keyword
                .Value.EnumerateArray()
                .Zip(value.EnumerateArray())
                .All(p => IsValid(p.First, p.Second)),
            "items" => value.EnumerateArray().Skip(prefix).All(item => IsValid(keyword.Value, item)),
            "minItems" => value.GetArrayLength() >= keyword.Value.GetInt32(),
            "maxItems" => value.GetArrayLength() <= keyword.Value.GetInt32(),
            _ => IsForOtherTypes(keyword.Name),
        };
    }

    private static bool HoldsForNumber(JsonProperty keyword, double value) =>
        keyword.Name switch
        {
            "minimum" => value >= keyword.Value.GetDouble(),
            "maximum" => value <= keyword.Value.GetDouble(),
            "exclusiveMinimum" => value > keyword.Value.GetDouble(),
            "exclusiveMaximum" => value < keyword.Value.GetDouble(),
            _ => IsForOtherTypes(keyword.Name),
        };

    private static bool HoldsForString(JsonProperty keyword, string value) =>
        keyword.Name switch
        {
            "minLength" => value.Length >= keyword.Value.GetInt32(),
            "maxLength" => value.Length <= keyword.Value.GetInt32(),
            "pattern" => Regex.IsMatch(value, keyword.Value.GetString()!, RegexOptions.ECMAScript, PatternTimeout),
            "format" => true,
            _ => IsForOtherTypes(keyword.Name),
        };

    // A keyword about objects says nothing about a number; one that nobody knows must not pass for that.
    private static bool IsForOtherTypes(string keyword) =>
        TypedKeywords.Contains(keyword)
            ? true
            : throw new NotSupportedException($"The keyword '{keyword}' is not known here.");

    private bool Follow(string reference, JsonElement value)
    {
        const string Definitions = "#/$defs/";
        return reference.StartsWith(Definitions, StringComparison.Ordinal)
            ? IsValid(_root.GetProperty("$defs").GetProperty(reference[Definitions.Length..]), value)
            : Load(Path.Combine(_folder, reference)).IsValid(value);
    }

    private bool Branch(JsonElement schema, JsonElement condition, JsonElement value)
    {
        string branch = IsValid(condition, value) ? "then" : "else";
        return !schema.TryGetProperty(branch, out JsonElement taken) || IsValid(taken, value);
    }

    private bool IsAbsentOrValid(JsonElement value, string name, JsonElement schema) =>
        !value.TryGetProperty(name, out JsonElement member) || IsValid(schema, member);

    private static bool HasType(string type, JsonElement value) =>
        (type, value.ValueKind) switch
        {
            ("object", JsonValueKind.Object) => true,
            ("array", JsonValueKind.Array) => true,
            ("string", JsonValueKind.String) => true,
            ("number", JsonValueKind.Number) => true,
            ("integer", JsonValueKind.Number) => double.IsInteger(value.GetDouble()),
            ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
            ("null", JsonValueKind.Null) => true,
            _ => false,
        };
}
