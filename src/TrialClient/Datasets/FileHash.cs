using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FunctionTune.TrialClient.Datasets;

/// <summary>Compares files with what they must hold, each state of a file once in this process.</summary>
internal static class FileHash
{
    private static readonly ConcurrentDictionary<(string, long, long, string?), bool> s_verified = new();

    /// <summary>Compares a file's size and hash, as far as they are known.</summary>
    /// <exception cref="TrialException">There is no such file, or it holds something else.</exception>
    public static void Verify(string what, string path, DataFile expected, string? shown = null)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            throw new TrialException(
                $"{what} must be a file, but there is none at {shown ?? path}. Look at 'data' in the study."
            );
        }

        (string, long, long, string?) state = (path, file.Length, file.LastWriteTimeUtc.Ticks, expected.Sha256);
        if (s_verified.ContainsKey(state))
        {
            return;
        }

        if (expected.Bytes is { } bytes && bytes != file.Length)
        {
            throw Changed(what, shown ?? path, $"{Number(bytes)} bytes", $"{Number(file.Length)} bytes");
        }

        if (
            expected.Sha256 is { } sha256
            && OfFile(path) is var hash
            && !string.Equals(sha256, hash, StringComparison.OrdinalIgnoreCase)
        )
        {
            throw Changed(what, shown ?? path, $"SHA-256 {sha256}", hash);
        }

        s_verified[state] = true;
    }

    public static TrialException Changed(string what, string shown, string expected, string found) =>
        new(
            $"{what} at {shown} must have {expected}, but has {found}. "
                + "The file changed after the study began: put the old one back, or start a new study."
        );

    public static string OfText(string text)
    {
        using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return OfStream(bytes);
    }

    private static string OfFile(string path)
    {
        using FileStream file = File.OpenRead(path);
        return OfStream(file);
    }

    private static string OfStream(Stream stream)
    {
        using var hash = SHA256.Create();
        return string.Concat(
            hash.ComputeHash(stream).Select(part => part.ToString("x2", CultureInfo.InvariantCulture))
        );
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
