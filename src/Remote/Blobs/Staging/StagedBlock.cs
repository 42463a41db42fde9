using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FunctionTune.Remote.Blobs.Staging;

/// <summary>A block of a file, named by its number and by what it holds: a block that has this name holds these bytes.</summary>
/// <param name="Id">Its name: Base64, as long as every other.</param>
/// <param name="Buffer">Holds the bytes at its beginning.</param>
/// <param name="Length">How many bytes.</param>
internal sealed record StagedBlock(string Id, byte[] Buffer, int Length)
{
    private const int HashLength = 16;

    /// <summary>Names a block.</summary>
    /// <param name="index">Its number in the file. Range: 0 to 49,999.</param>
    /// <param name="buffer">Holds the bytes at its beginning.</param>
    /// <param name="length">How many bytes.</param>
    public static StagedBlock Of(int index, byte[] buffer, int length)
    {
        byte[] hash = SHA256.HashData(buffer.AsSpan(0, length));
        string name =
            index.ToString("D8", CultureInfo.InvariantCulture) + Convert.ToHexStringLower(hash, 0, HashLength);
        return new StagedBlock(Convert.ToBase64String(Encoding.ASCII.GetBytes(name)), buffer, length);
    }
}
