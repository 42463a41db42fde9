using System.Globalization;
using System.Numerics;

namespace FunctionTune.Numerics;

/// <summary>
/// A scrambled Sobol sequence: points that fill the unit cube more evenly than random ones do. Every coordinate of every point
/// is computed by itself, so that a point depends on the key and its index only.
/// </summary>
/// <remarks>
/// <para>
/// The sequence is Joe's and Kuo's in Gray code order (<see cref="SobolNumbers"/>), scrambled by Owen's nested uniform
/// permutation: "Randomly permuted (t,m,s)-nets and (t,s)-sequences", 1995. In base 2 that flips each binary digit, or not,
/// depending on all digits before it; the coin is a hash of the key, the dimension and those digits.
/// </para>
/// <para>
/// Dimensions beyond <see cref="Dimensions"/> use the same numbers again with other scrambles and with the points in another
/// order, also by a nested permutation ("padding", as Burley does in "Practical hash-based Owen scrambling", JCGT 9(4), 2020):
/// each group of dimensions is as even as the first, and across groups points are matched at random.
/// </para>
/// </remarks>
internal static class Sobol
{
    /// <summary>How many dimensions have numbers of their own.</summary>
    public const int Dimensions = 161;

    private const int Digits = 32;
    private const int MoreDigits = 20;

    private static readonly uint[] s_directions = Directions();

    /// <summary>One coordinate of one point, in (0, 1).</summary>
    /// <param name="key">Which scramble.</param>
    /// <param name="index">Which point. Range: at least 0.</param>
    /// <param name="dimension">Which coordinate. Range: at least 0.</param>
    public static double Coordinate(ulong key, int index, int dimension)
    {
        ulong group = (ulong)(dimension / Dimensions);
        uint place = group == 0 ? (uint)index : Scramble(SplitMix64.Mix(key ^ ~group), (uint)index);
        ulong own = SplitMix64.Mix(unchecked(SplitMix64.Mix(key) + (ulong)dimension));
        uint leading = Scramble(own, Unscrambled(place, dimension % Dimensions));
        ulong rest = SplitMix64.Mix(own ^ leading) >> (64 - MoreDigits);
        return (((double)leading * (1 << MoreDigits)) + rest + 0.5) / (1UL << Digits << MoreDigits);
    }

    /// <summary>One coordinate of one point of the sequence without a scramble, in units of 2^-32.</summary>
    /// <param name="index">Which point.</param>
    /// <param name="dimension">Which coordinate. Range: 0 to <see cref="Dimensions"/> - 1.</param>
    public static uint Unscrambled(uint index, int dimension)
    {
        uint value = 0;
        for (uint gray = index ^ (index >> 1); gray != 0; gray &= gray - 1)
        {
            value ^= s_directions[(dimension * Digits) + BitOperations.TrailingZeroCount(gray)];
        }

        return value;
    }

    private static uint Scramble(ulong key, uint value)
    {
        uint scrambled = 0;
        for (int digit = Digits - 1; digit >= 0; digit--)
        {
            // The digits before this one, after a 1 that tells 0 from 00.
            ulong prefix = (1UL << (Digits - 1 - digit)) | ((ulong)value >> digit >> 1);
            scrambled |= (uint)(SplitMix64.Mix(key ^ prefix) >> 63) << digit;
        }

        return value ^ scrambled;
    }

    private static uint[] Directions()
    {
        string[] entries = SobolNumbers.JoeKuo.Split(
            ';',
            StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries
        );
        uint[] directions = new uint[Dimensions * Digits];
        for (int digit = 0; digit < Digits; digit++)
        {
            directions[digit] = 1U << (Digits - 1 - digit);
        }

        for (int dimension = 1; dimension < Dimensions; dimension++)
        {
            string[] words = entries[dimension - 1].Split(' ');
            uint[] numbers = [.. words.Select(word => uint.Parse(word, CultureInfo.InvariantCulture))];
            Extend(numbers[0], numbers.AsSpan(1), directions.AsSpan(dimension * Digits, Digits));
        }

        return directions;
    }

    /// <summary>The direction numbers of one dimension by the recurrence of its polynomial.</summary>
    private static void Extend(uint coefficients, ReadOnlySpan<uint> first, Span<uint> directions)
    {
        int degree = first.Length;
        for (int digit = 0; digit < degree; digit++)
        {
            directions[digit] = first[digit] << (Digits - 1 - digit);
        }

        for (int digit = degree; digit < Digits; digit++)
        {
            directions[digit] = directions[digit - degree] ^ (directions[digit - degree] >> degree);
            for (int term = 1; term < degree; term++)
            {
                bool isPresent = ((coefficients >> (degree - 1 - term)) & 1) == 1;
                directions[digit] ^= isPresent ? directions[digit - term] : 0;
            }
        }
    }
}
