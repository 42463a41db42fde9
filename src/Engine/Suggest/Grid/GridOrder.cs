using System.Numerics;
using FunctionTune.Numerics;

namespace FunctionTune.Suggest.Grid;

/// <summary>In which order the points of a grid are tried: shuffled, so that a search that ends early has seen all regions.</summary>
internal static class GridOrder
{
    /// <summary>More places than trials have numbers.</summary>
    private const int PlaceBits = 31;

    /// <summary>The number of the point at a place of the order; different places have different points.</summary>
    /// <param name="seed">Which order.</param>
    /// <param name="place">Range: at least 0, below <paramref name="count"/>.</param>
    /// <param name="count">How many points there are.</param>
    public static BigInteger At(ulong seed, int place, BigInteger count)
    {
        BigInteger places = BigInteger.One << PlaceBits;
        if (count <= places)
        {
            return Shuffle.At(seed, (ulong)place, (ulong)count);
        }

        // The grid cannot be finished: each place has a stretch of it, and takes one point of that.
        BigInteger stretch = Shuffle.At(seed, (ulong)place, (ulong)places);
        BigInteger first = stretch * count >> PlaceBits;
        BigInteger next = (stretch + 1) * count >> PlaceBits;
        return first + (Word(seed, place, (next - first).GetByteCount() + sizeof(ulong)) % (next - first));
    }

    private static BigInteger Word(ulong seed, int place, int length)
    {
        var random = Pcg64.ForTrial(seed, place);
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++)
        {
            bytes[i] = (byte)random.NextUInt64();
        }

        return new BigInteger(bytes, isUnsigned: true);
    }
}
