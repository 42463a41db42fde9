using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using FunctionTune.LivyEmulator.Batches;

namespace FunctionTune.LivyEmulator.Wire;

/// <summary>Reads the body of a request for a batch as Livy's Jackson does: a field that it does not know is an error.</summary>
internal static class RequestBody
{
    private const string Class = "org.apache.livy.server.batch.CreateBatchRequest";

    private static readonly FrozenDictionary<string, JsonValueKind> s_fields = new Dictionary<string, JsonValueKind>(
        StringComparer.Ordinal
    )
    {
        ["file"] = JsonValueKind.String,
        ["proxyUser"] = JsonValueKind.String,
        ["args"] = JsonValueKind.Array,
        ["className"] = JsonValueKind.String,
        ["jars"] = JsonValueKind.Array,
        ["pyFiles"] = JsonValueKind.Array,
        ["files"] = JsonValueKind.Array,
        ["driverMemory"] = JsonValueKind.String,
        ["driverCores"] = JsonValueKind.Number,
        ["executorMemory"] = JsonValueKind.String,
        ["executorCores"] = JsonValueKind.Number,
        ["numExecutors"] = JsonValueKind.Number,
        ["archives"] = JsonValueKind.Array,
        ["queue"] = JsonValueKind.String,
        ["name"] = JsonValueKind.String,
        ["conf"] = JsonValueKind.Object,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static CreateRequest Read(ReadOnlySpan<byte> utf8)
    {
        JsonElement body;
        try
        {
            body = JsonElement.Parse(utf8);
        }
        catch (JsonException fault)
        {
            throw new LivyException(400, $"Unexpected character in the body: {fault.Message}");
        }

        if (body.ValueKind != JsonValueKind.Object)
        {
            throw Mismatch(Class, body.ValueKind, "");
        }

        foreach (JsonProperty field in body.EnumerateObject())
        {
            Check(field);
        }

        return Build(body);
    }

    private static CreateRequest Build(JsonElement body) =>
        new(Text(body, "file") ?? throw LivyException.Rejected("requirement failed: File is required."))
        {
            Name = Text(body, "name"),
            ProxyUser = Text(body, "proxyUser"),
            ClassName = Text(body, "className"),
            Args = List(body, "args"),
            Jars = List(body, "jars"),
            PyFiles = List(body, "pyFiles"),
            Files = List(body, "files"),
            Archives = List(body, "archives"),
            Conf = body.TryGetProperty("conf", out JsonElement conf)
                ? conf.EnumerateObject()
                    .ToImmutableSortedDictionary(p => p.Name, p => p.Value.GetString()!, StringComparer.Ordinal)
                : ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal),
        };

    private static void Check(JsonProperty field)
    {
        if (!s_fields.TryGetValue(field.Name, out JsonValueKind kind))
        {
            string known = string.Join(", ", s_fields.Keys.Order(StringComparer.Ordinal).Select(name => $"\"{name}\""));
            throw new LivyException(
                400,
                $"Unrecognized field \"{field.Name}\" (class {Class}), not marked as ignorable "
                    + $"({s_fields.Count} known properties: {known}])"
            );
        }

        if (field.Value.ValueKind != kind)
        {
            throw Mismatch(kind.ToString(), field.Value.ValueKind, field.Name);
        }

        IEnumerable<JsonElement> texts = kind switch
        {
            JsonValueKind.Array => field.Value.EnumerateArray(),
            JsonValueKind.Object => field.Value.EnumerateObject().Select(entry => entry.Value),
            _ => [],
        };
        foreach (JsonElement text in texts.Where(text => text.ValueKind != JsonValueKind.String))
        {
            throw Mismatch("java.lang.String", text.ValueKind, field.Name);
        }
    }

    private static string? Text(JsonElement body, string name) =>
        body.TryGetProperty(name, out JsonElement text) ? text.GetString() : null;

    private static ImmutableArray<string> List(JsonElement body, string name) =>
        body.TryGetProperty(name, out JsonElement list)
            ? [.. list.EnumerateArray().Select(item => item.GetString()!)]
            : [];

    private static LivyException Mismatch(string wanted, JsonValueKind found, string field)
    {
        string token = $"{found.ToString().ToUpper(CultureInfo.InvariantCulture)} token";
        string chain = field.Length == 0 ? "" : $" (through reference chain: {Class}[\"{field}\"])";
        return new LivyException(400, $"Cannot deserialize instance of `{wanted}` out of {token}{chain}");
    }
}
