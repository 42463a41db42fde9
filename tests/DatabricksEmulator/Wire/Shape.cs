using System.Text.Json;

namespace FunctionTune.DatabricksEmulator.Wire;

/// <summary>What a JSON value must look like. Fields that a shape does not name are refused.</summary>
internal sealed class Shape
{
    private readonly string _kind;
    private readonly Func<JsonElement, bool> _fits;
    private readonly Action<JsonElement, string> _inside;

    private Shape(string kind, Func<JsonElement, bool> fits, Action<JsonElement, string>? inside = null)
    {
        _kind = kind;
        _fits = fits;
        _inside = inside ?? ((_, _) => { });
    }

    public static Shape Any { get; } = new("value", _ => true);

    public static Shape Text { get; } = new("string", value => value.ValueKind is JsonValueKind.String);

    public static Shape Flag { get; } =
        new("boolean", value => value.ValueKind is JsonValueKind.True or JsonValueKind.False);

    public static Shape Whole { get; } =
        new("integer", value => value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out _));

    public static Shape Number { get; } = new("number", value => value.ValueKind is JsonValueKind.Number);

    public static Shape OneOf(params string[] names) =>
        new(
            string.Join(" or ", names),
            value =>
                value.ValueKind is JsonValueKind.String && names.Contains(value.GetString(), StringComparer.Ordinal)
        );

    public static Shape List(Shape item) =>
        new(
            "array",
            value => value.ValueKind is JsonValueKind.Array,
            (value, path) =>
            {
                foreach ((int index, JsonElement element) in value.EnumerateArray().Index())
                {
                    item.Check(element, $"{path}[{index}]");
                }
            }
        );

    public static Shape Map(Shape item) =>
        new(
            "object",
            value => value.ValueKind is JsonValueKind.Object,
            (value, path) =>
            {
                foreach (JsonProperty property in value.EnumerateObject())
                {
                    item.Check(property.Value, Join(path, property.Name));
                }
            }
        );

    /// <summary>An object with fields; a name that ends with * must be there.</summary>
    public static Shape Object(params (string Name, Shape Shape)[] fields)
    {
        var shapes = fields.ToDictionary(
            field => field.Name.TrimEnd('*'),
            field => field.Shape,
            StringComparer.Ordinal
        );
        string[] required = [.. fields.Where(f => f.Name.EndsWith('*')).Select(f => f.Name.TrimEnd('*'))];
        return new(
            "object",
            value => value.ValueKind is JsonValueKind.Object,
            (value, path) =>
            {
                foreach (string name in required.Where(name => !value.TryGetProperty(name, out _)))
                {
                    throw ApiException.Invalid($"Missing required field: {Join(path, name)}");
                }

                foreach (JsonProperty property in value.EnumerateObject())
                {
                    if (!shapes.TryGetValue(property.Name, out Shape? shape))
                    {
                        throw ApiException.Malformed($"Unknown field '{Join(path, property.Name)}'");
                    }

                    shape.Check(property.Value, Join(path, property.Name));
                }
            }
        );
    }

    /// <summary>Names of fields that all have one shape, for <see cref="Object"/>.</summary>
    public static (string, Shape)[] Fields(Shape shape, params string[] names) => [.. names.Select(n => (n, shape))];

    /// <summary>Refuses a value that does not fit.</summary>
    /// <param name="value">The value.</param>
    /// <param name="path">Where it stands in the body.</param>
    public void Check(JsonElement value, string path)
    {
        if (!_fits(value))
        {
            string found = value.ValueKind.ToString().ToUpperInvariant();
            throw ApiException.Malformed($"Expected {_kind} for field '{path}', found {found}");
        }

        _inside(value, path);
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
