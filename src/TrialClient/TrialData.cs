using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FunctionTune.TrialClient;

/// <summary>A reference to data: where it lies, and what it must hold. Data never comes by value.</summary>
public sealed class TrialData
{
    private readonly string _folder;
    private bool _verified;

    internal TrialData(string name, string folder, string uri, string? sha256, long? bytes)
    {
        Name = name;
        Uri = uri;
        Sha256 = sha256;
        Bytes = bytes;
        _folder = folder;
    }

    /// <summary>The name that the study gives to the data, such as <c>train</c>.</summary>
    public string Name { get; }

    /// <summary>Where it lies: a path or a URI.</summary>
    public string Uri { get; }

    /// <summary>SHA-256 of the bytes, 64 hexadecimal digits; null when it is not known.</summary>
    public string? Sha256 { get; }

    /// <summary>Size in bytes; null when it is not known.</summary>
    public long? Bytes { get; }

    /// <summary>The path of the file. Its size and hash, where they are known, are compared once for each trial.</summary>
    /// <exception cref="TrialException">It is no file that can be read here, or it holds something else.</exception>
    public string Verify()
    {
        string path = TrialPath.Local(Uri, _folder, $"Data '{Name}'");
        if (_verified)
        {
            return path;
        }

        if (!File.Exists(path))
        {
            throw new TrialException(
                $"Data '{Name}' must be a file, but there is none at {path}. Look at 'data' in the study."
            );
        }

        long size = new FileInfo(path).Length;
        if (Bytes is { } bytes && bytes != size)
        {
            throw Changed(path, $"{Number(bytes)} bytes", $"{Number(size)} bytes");
        }

        if (
            Sha256 is { } sha256
            && Hash(path) is var hash
            && !string.Equals(sha256, hash, StringComparison.OrdinalIgnoreCase)
        )
        {
            throw Changed(path, $"SHA-256 {sha256}", hash);
        }

        _verified = true;
        return path;
    }

    private TrialException Changed(string path, string expected, string found) =>
        new(
            $"Data '{Name}' at {path} must have {expected}, but has {found}. "
                + "The file changed after the study began: put the old one back, or start a new study."
        );

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Hash(string path)
    {
        using FileStream file = File.OpenRead(path);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[1 << 16];
        for (int read = file.Read(buffer, 0, buffer.Length); read > 0; read = file.Read(buffer, 0, buffer.Length))
        {
            hash.AppendData(buffer, 0, read);
        }

        var text = new StringBuilder();
        foreach (byte part in hash.GetHashAndReset())
        {
            text.Append(part.ToString("x2", CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }
}
