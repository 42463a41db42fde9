using System.Numerics;

namespace FunctionTune.Numerics;

/// <summary>Random orders of the integers below a number, of which any place is found without the others.</summary>
/// <remarks>
/// A Feistel network of six rounds, with SplitMix64's mixing step as the round function, permutes the numbers of an even number
/// of bits (Luby, Rackoff, "How to construct pseudorandom permutations", SIAM J. Comput. 17(2), 1988). What it puts past the end
/// it is applied to again, until it stays below ("cycle walking": Black, Rogaway, "Ciphers with arbitrary finite domains",
/// CT-RSA 2002).
/// </remarks>
internal static class Shuffle
{
    private const int Rounds = 6;

    /// <summary>Halves of fewer bits cannot be mixed well.</summary>
    private const int LeastBits = 4;

    /// <summary>The number at a place of the order.</summary>
    /// <param name="key">Which order.</param>
    /// <param name="place">Range: below <paramref name="count"/>.</param>
    /// <param name="count">How many numbers there are. Range: 1 to 2^62.</param>
    public static ulong At(ulong key, ulong place, ulong count)
    {
        int half = Math.Max(LeastBits, (BitOperations.Log2(Math.Max(1, count - 1)) / 2) + 1);
        ulong number = place;
        do
        {
            number = Permute(key, number, half);
        } while (number >= count);

        return number;
    }

    private static ulong Permute(ulong key, ulong number, int half)
    {
        ulong mask = (1UL << half) - 1;
        (ulong left, ulong right) = (number >> half, number & mask);
        for (ulong round = 1; round <= Rounds; round++)
        {
            ulong mixed = SplitMix64.Mix(unchecked(SplitMix64.Mix(key + round) ^ right));
            (left, right) = (right, left ^ (mixed & mask));
        }

        return (left << half) | right;
    }
}
