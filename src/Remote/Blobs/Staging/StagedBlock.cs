using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FunctionTune.Remote.Blobs.Staging;

/// <summary>A block of a file.</summary>
/// <param name="Index">Its number in the file. Range: 0 to 49,999.</param>
/// <param name="Buffer">Holds the bytes at its beginning.</param>
/// <param name="Length">How many bytes.</param>
internal sealed record StagedBlock(int Index, byte[] Buffer, int Length)
{
    /// <summary>The checksum that the service compares with what arrives.</summary>
    public byte[] Checksum()
    {
#pragma warning disable CA5351 // The service knows no other; it guards against accidents, and the SHA-256 of the whole file stands.
        return MD5.HashData(Buffer.AsSpan(0, Length));
#pragma warning restore CA5351
    }

    /// <summary>
    /// Names the block by its number and by what it holds, so that a block that has this name holds these bytes. Base64, as long as
    /// every other.
    /// </summary>
    /// <param name="checksum">Its checksum.</param>
    public string NameBy(byte[] checksum)
    {
        string name = Index.ToString("D8", CultureInfo.InvariantCulture) + Convert.ToHexStringLower(checksum);
        return Convert.ToBase64String(Encoding.ASCII.GetBytes(name));
    }
}
