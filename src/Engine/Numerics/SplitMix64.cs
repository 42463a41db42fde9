namespace FunctionTune.Numerics;

/// <summary>The mixing step of SplitMix64, which turns numbers that lie close together into words that look unrelated.</summary>
/// <remarks>
/// Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014; constants of Vigna's
/// <c>splitmix64.c</c>. <see cref="Mix"/> is one to one.
/// </remarks>
internal static class SplitMix64
{
    private const ulong Gamma = 0x9E3779B97F4A7C15;

    /// <summary>What SplitMix64 returns first when its state is <paramref name="state"/>.</summary>
    public static ulong Mix(ulong state)
    {
        ulong z = unchecked(state + Gamma);
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EB);
        return z ^ (z >> 31);
    }
}
