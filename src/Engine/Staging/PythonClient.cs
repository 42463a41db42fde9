using System.Security.Cryptography;

namespace FunctionTune.Staging;

/// <summary>
/// The Python client of trials, one file that needs nothing else: Python programs import it, and it starts programs that are a
/// bare function.
/// </summary>
public static class PythonClient
{
    /// <summary>The name of the file; programs import it by this name.</summary>
    public const string FileName = "functiontune.py";

    /// <summary>The file's text, UTF-8.</summary>
    public static ReadOnlyMemory<byte> Content { get; } = Read();

    /// <summary>Puts the client into a staging area, unless it is there.</summary>
    /// <param name="area">The area.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>Its path in the area, which names its content.</returns>
    public static async Task<string> StageAsync(IStagingArea area, CancellationToken cancellationToken)
    {
        string path = $"programs/{Convert.ToHexStringLower(SHA256.HashData(Content.Span))}/{FileName}";
        await area.CreateAsync(path, Content, cancellationToken).ConfigureAwait(false);
        return path;
    }

    private static byte[] Read()
    {
        using Stream source = typeof(PythonClient).Assembly.GetManifestResourceStream(FileName)!;
        byte[] content = new byte[source.Length];
        source.ReadExactly(content);
        return content;
    }
}
