using System.Security.Cryptography;
using FunctionTune.Staging;

namespace FunctionTune.Testing.Staging;

/// <summary>Files on this machine that tests stage.</summary>
public static class Sources
{
    /// <summary>Bytes that look random, the same for the same seed.</summary>
    public static byte[] Bytes(int seed, int length)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>Writes a file and looks at it.</summary>
    public static SourceFile Write(TemporaryFolder folder, string name, byte[] bytes)
    {
        string path = folder[Path.Join("sources", name)];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return new SourceFile(name, path, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }
}
