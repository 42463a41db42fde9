using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionTune.Json;

namespace FunctionTune.Studies;

/// <summary>Data references in a study file: a path or URI by name, or an object that also holds what is known of the bytes.</summary>
internal static class DataJson
{
    public static ImmutableSortedDictionary<string, DataReference> Read(JsonFields fields, List<Problem> problems)
    {
        var data = ImmutableSortedDictionary.CreateBuilder<string, DataReference>(StringComparer.Ordinal);
        if (fields.Any("data") is not { } element)
        {
            return data.ToImmutable();
        }

        string path = fields.PathOf("data");
        var entries = new JsonFields(element, path, problems);
        foreach (string name in entries.Names)
        {
            if (name.Trim().Length == 0)
            {
                entries.Refuse(
                    name,
                    "data has a name, by which trials ask for it",
                    $"'{name}'",
                    "Write for example \"train\"."
                );
            }

            if (entries.Any(name) is { ValueKind: JsonValueKind.Object } details)
            {
                data[name] = ReadDetails(new JsonFields(details, entries.PathOf(name), problems), problems);
            }
            else if (entries.Text(name, text => text.Length > 0, "a path or a URI") is { } uri)
            {
                RefuseSecrets(uri, entries.PathOf(name), problems);
                data[name] = new DataReference(uri);
            }
        }

        return data.ToImmutable();
    }

    private static DataReference ReadDetails(JsonFields fields, List<Problem> problems)
    {
        string? sha256 = fields.Text(
            "sha256",
            text => text.Length == 64 && text.All(char.IsAsciiHexDigit),
            "64 hexadecimal digits"
        );
        var reference = new DataReference(
            ReadUri(fields, problems),
            sha256?.ToLowerInvariant(),
            fields.Integer("bytes", value => value >= 0, "of at least 0")
        )
        {
            Manifest = fields.Text("manifest", text => text.Length > 0, "the place of a folder's manifest"),
            Source = fields.Text("source", text => text.Length > 0, "what the data was staged from"),
        };
        fields.RefuseOthers();
        return reference;
    }

    private static string ReadUri(JsonFields reference, List<Problem> problems)
    {
        reference.Required("uri", "data has a uri", "Write the path of the file, or its URI.");
        string uri = reference.Text("uri", text => text.Length > 0, "a path or a URI") ?? "";
        RefuseSecrets(uri, reference.PathOf("uri"), problems);
        return uri;
    }

    // A study file is shared and kept with its study, so the part that may be secret is not repeated either.
    private static void RefuseSecrets(string uri, string path, List<Problem> problems)
    {
        if (!uri.Contains("://", StringComparison.Ordinal) || !Uri.TryCreate(uri, UriKind.Absolute, out Uri? found))
        {
            return;
        }

        if (found.Query.Length > 0 || (IsWeb(found) && found.UserInfo.Length > 0))
        {
            string rule = "the URI of data holds no query, no user and no signature";
            string hint = "Name the place alone, and let the trials' identity read it.";
            problems.Add(new Problem(path, rule, $"one of {found.Host} with more", hint));
        }
    }

    // abfss has the container where others have the user.
    private static bool IsWeb(Uri uri) =>
        string.Equals(uri.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal)
        || string.Equals(uri.Scheme, Uri.UriSchemeHttp, StringComparison.Ordinal);

    public static JsonObject Write(ImmutableSortedDictionary<string, DataReference> data) =>
        new(
            data.Select(entry =>
                KeyValuePair.Create(entry.Key, JsonSerializer.SerializeToNode(entry.Value, StudyJson.Options))
            )
        );
}
