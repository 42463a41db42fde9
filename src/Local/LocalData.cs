using System.Security.Cryptography;
using FunctionTune.Json;
using FunctionTune.Studies;

namespace FunctionTune.Local;

/// <summary>The data of studies whose trials run on this machine: files, named by what they hold.</summary>
internal static class LocalData
{
    /// <summary>Finds each file, and notes its absolute path, size and SHA-256. URIs are left as they are.</summary>
    /// <exception cref="InvalidInputException">A file is not there, or is no file; all problems are listed.</exception>
    public static async Task<StudySpec> IdentifyAsync(StudySpec spec, CancellationToken cancellationToken)
    {
        var problems = new List<Problem>();
        var data = spec.Data.ToBuilder();
        foreach ((string name, DataReference reference) in spec.Data)
        {
            if (IsElsewhere(reference))
            {
                continue;
            }

            string path = Path.GetFullPath(reference.Uri, spec.BaseFolder ?? Directory.GetCurrentDirectory());
            DataReference? found = File.Exists(path)
                ? await DescribeAsync(path, cancellationToken).ConfigureAwait(false)
                : null;
            if (found is null)
            {
                string hint = Directory.Exists(path) ? "It is a folder." : "Paths start from the study file's folder.";
                problems.Add(new Problem(JsonPath.Key("$.data", name), "data is a file that exists", path, hint));
            }
            else if (Contradicts(reference, found))
            {
                problems.Add(
                    new Problem(
                        JsonPath.Key("$.data", name),
                        "data holds the bytes that the study file says",
                        $"{found.Bytes} bytes with SHA-256 {found.Sha256}",
                        "Get the right file, or correct the study file."
                    )
                );
            }

            data[name] = found ?? reference;
        }

        return problems.Count == 0
            ? spec with
            {
                Data = data.ToImmutable(),
            }
            : throw new InvalidInputException([.. problems]);
    }

    /// <summary>Makes sure that each file still holds what the study began with.</summary>
    /// <exception cref="FunctionTuneException">A file is gone or holds other bytes.</exception>
    public static async Task VerifyAsync(StudySpec spec, CancellationToken cancellationToken)
    {
        foreach ((string name, DataReference known) in spec.Data)
        {
            if (known.Sha256 is null || IsElsewhere(known))
            {
                continue;
            }

            DataReference? now = File.Exists(known.Uri)
                ? await DescribeAsync(known.Uri, cancellationToken).ConfigureAwait(false)
                : null;
            if (now != known)
            {
                throw new FunctionTuneException(
                    now is null
                        ? $"The data '{name}' of the study is no longer at {known.Uri}."
                        : $"The data '{name}' at {known.Uri} has changed since the study began.",
                    "Losses over other data cannot be compared: put the old file back, or begin a new study."
                );
            }
        }
    }

    private static bool Contradicts(DataReference said, DataReference found) =>
        (said.Sha256 is { } hash && !string.Equals(hash, found.Sha256, StringComparison.Ordinal))
        || (said.Bytes is { } bytes && bytes != found.Bytes);

    private static bool IsElsewhere(DataReference reference) => reference.Uri.Contains("://", StringComparison.Ordinal);

    private static async Task<DataReference> DescribeAsync(string path, CancellationToken cancellationToken)
    {
        FileStream file = File.OpenRead(path);
        await using (file.ConfigureAwait(false))
        {
            byte[] hash = await SHA256.HashDataAsync(file, cancellationToken).ConfigureAwait(false);
            return new DataReference(path, Convert.ToHexStringLower(hash), file.Length);
        }
    }
}
