using System.Text;
using FunctionTune.TrialClient.Json;
using FunctionTune.TrialClient.Places;

namespace FunctionTune.TrialClient.Datasets;

/// <summary>The list of a folder's files.</summary>
internal static class DataManifest
{
    /// <summary>Reads a manifest and compares it with the folder's hash.</summary>
    /// <param name="place">Where it lies.</param>
    /// <param name="sha256">SHA-256 of the folder's listing; null when it is not known.</param>
    /// <returns>The files; null when there is no manifest.</returns>
    /// <exception cref="TrialException">It is no manifest, or that of another folder.</exception>
    public static IReadOnlyList<DataFile>? Read(Place place, string? sha256)
    {
        byte[]? content = place.Read();
        if (content is null)
        {
            return null;
        }

        IReadOnlyList<DataFile> files = Files(place.Shown, Encoding.UTF8.GetString(content));
        if (sha256 is not null)
        {
            IEnumerable<string> listing = files
                .OrderBy(file => file.Name, StringComparer.Ordinal)
                .Select(file => $"{file.Sha256}  {file.Name}\n");
            string found = FileHash.OfText(string.Concat(listing));
            if (!string.Equals(found, sha256, StringComparison.OrdinalIgnoreCase))
            {
                throw FileHash.Changed("The manifest", place.Shown, $"SHA-256 {sha256}", found);
            }
        }

        return files;
    }

    public static string Write(IEnumerable<DataFile> files) =>
        JsonWriter.Write(
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["files"] = files
                    .Select(file => new Dictionary<string, object?>(StringComparer.Ordinal)
                    {
                        ["name"] = file.Name,
                        ["sha256"] = file.Sha256,
                        ["bytes"] = file.Bytes,
                    })
                    .ToList(),
            }
        );

    private static IReadOnlyList<DataFile> Files(string shown, string json)
    {
        try
        {
            var manifest = (Dictionary<string, object?>)JsonReader.Read(json)!;
            return
            [
                .. ((List<object?>)manifest["files"]!).Cast<Dictionary<string, object?>>().Select(file => File(file)),
            ];
        }
        catch (Exception exception)
            when (exception is FormatException or InvalidCastException or KeyNotFoundException or NullReferenceException
            )
        {
            throw new TrialException(
                $"A manifest must list files with names, but the one at {shown} does not. Stage the data again.",
                exception
            );
        }
    }

    private static DataFile File(Dictionary<string, object?> file)
    {
        string name = (string)file["name"]!;
        if (name.IndexOfAny(['\\', ':']) >= 0 || name.Split('/').Any(part => part is "" or "." or ".."))
        {
            throw new FormatException($"'{name}' is no plain relative name");
        }

        file.TryGetValue("sha256", out object? sha256);
        file.TryGetValue("bytes", out object? bytes);
        return new(name, sha256 as string, (bytes as JsonNumber)?.ToInteger());
    }
}
