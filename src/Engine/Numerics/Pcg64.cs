namespace FunctionTune.Numerics;

/// <summary>The random generator of the engine: PCG XSL-RR 128/64, the family's 64-bit member that NumPy calls PCG64.</summary>
/// <remarks>
/// O'Neill, "PCG: A family of simple fast space-efficient statistically good algorithms for random number generation",
/// Harvey Mudd College HMC-CS-2014-0905, 2014. One instance serves one thread.
/// </remarks>
internal sealed class Pcg64
{
    private static readonly UInt128 s_multiplier = new(0x2360ED051FC65DA4, 0x4385DF649FCCF645);

    private readonly UInt128 _increment;
    private UInt128 _state;
    private double _spareNormal = double.NaN;

    /// <summary>A generator started like the reference's <c>pcg64_srandom_r</c>.</summary>
    /// <param name="state">Where in its sequence it starts.</param>
    /// <param name="sequence">Which of 2^127 sequences it gives; the highest bit has no effect.</param>
    public Pcg64(UInt128 state, UInt128 sequence)
    {
        _increment = (sequence << 1) | UInt128.One;
        _state = unchecked((_increment + state) * s_multiplier + _increment);
    }

    /// <summary>
    /// The generator of one trial. With M = <see cref="SplitMix64.Mix"/>, a = M(seed) and b = M(a xor number), the state
    /// is (a, b) and the sequence (M(b), M(a + b)): different pairs (seed, number) start in different states.
    /// </summary>
    /// <param name="seed">The study's seed.</param>
    /// <param name="number">The trial's number. Range: at least 0.</param>
    public static Pcg64 ForTrial(ulong seed, int number)
    {
        ulong a = SplitMix64.Mix(seed);
        ulong b = SplitMix64.Mix(a ^ (ulong)number);
        return new Pcg64(new UInt128(a, b), new UInt128(SplitMix64.Mix(b), SplitMix64.Mix(unchecked(a + b))));
    }

    /// <summary>64 random bits.</summary>
    public ulong NextUInt64()
    {
        _state = unchecked(_state * s_multiplier + _increment);
        ulong high = (ulong)(_state >> 64);
        return ulong.RotateRight(high ^ (ulong)_state, (int)(high >> 58));
    }

    /// <summary>Uniform over the multiples of 2^-53 in [0, 1).</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform over [0, <paramref name="bound"/>), without bias.</summary>
    /// <param name="bound">Range: at least 1.</param>
    /// <remarks>Lemire, "Fast random integer generation in an interval", ACM TOMACS 29(1), 2019, algorithm 5.</remarks>
    public ulong NextBelow(ulong bound)
    {
        ulong high = Math.BigMul(NextUInt64(), bound, out ulong low);
        if (low < bound)
        {
            ulong threshold = unchecked(0UL - bound) % bound;
            while (low < threshold)
            {
                high = Math.BigMul(NextUInt64(), bound, out low);
            }
        }

        return high;
    }

    /// <summary>Standard normal: mean 0, deviation 1.</summary>
    /// <remarks>Marsaglia's polar method, which gives two at a time; the second is kept for the next call.</remarks>
    public double NextNormal()
    {
        if (!double.IsNaN(_spareNormal))
        {
            double spare = _spareNormal;
            _spareNormal = double.NaN;
            return spare;
        }

        double u;
        double v;
        double square;
        do
        {
            u = (2 * NextDouble()) - 1;
            v = (2 * NextDouble()) - 1;
            square = (u * u) + (v * v);
        } while (square is >= 1 or 0);

        double scale = Math.Sqrt(-2 * Math.Log(square) / square);
        _spareNormal = v * scale;
        return u * scale;
    }
}
