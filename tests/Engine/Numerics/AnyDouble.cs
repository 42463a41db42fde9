using FsCheck;
using FsCheck.Fluent;

namespace FunctionTune.Engine.Tests.Numerics;

/// <summary>Random numbers for laws of numerics; the same ones in every run.</summary>
internal static class AnyDouble
{
    private const ulong Seed = 20_231_031;
    private const ulong Gamma = 9;
    private const int Cases = 4_000;
    private const double Grain = 1.0 / (1UL << 53);

    /// <summary>Any finite number: subnormal, huge, with any bits, or one that people use.</summary>
    public static Gen<double> Finite { get; } =
        Gen.OneOf(
            Gen.Elements(0, -0.0, double.Epsilon, -double.Epsilon, double.MaxValue, double.MinValue, 1e308, -1e308),
            Gen.Elements(1e-308, 2.3e-308, -1e-300, 1e154, -1e154, 1.4e154, -2e154, 1e-154, 1, -1),
            from high in Gen.Choose(0, int.MaxValue)
            from low in Gen.Choose(0, int.MaxValue)
            from sign in Gen.Elements(0UL, 1UL << 63)
            let bits = ((ulong)(uint)high << 32) | ((ulong)(uint)low << 1) | sign
            let x = BitConverter.UInt64BitsToDouble(bits)
            select double.IsFinite(x) ? x : 0.5,
            Spread(-20, 20),
            Between(-40, 40)
        );

    /// <summary>A multiple of 2^-53 that is neither 0 nor 1, so that its complement is exact.</summary>
    public static Gen<double> Probability { get; } =
        Gen.OneOf(Between(0, 1), Spread(-16, 0).Select(Math.Abs), Spread(-16, 0).Select(u => 1 - Math.Abs(u)))
            .Select(u => Math.Clamp(Math.Round(u / Grain), 1, (1 / Grain) - 1) * Grain);

    /// <summary>Evenly spread over an interval.</summary>
    public static Gen<double> Between(double low, double high) =>
        Gen.Choose(0, int.MaxValue - 1).Select(i => low + ((high - low) * (i / (double)int.MaxValue)));

    /// <summary>Of either sign, with sizes spread evenly over decades.</summary>
    public static Gen<double> Spread(double smallest, double largest) =>
        from decade in Between(smallest, largest)
        from sign in Gen.Elements(1, -1)
        select sign * Math.Pow(10, decade);

    /// <summary>Checks a law for many numbers.</summary>
    public static void Hold<T>(Gen<T> numbers, Action<T> law) =>
        Prop.ForAll(Arb.From(numbers), law)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Cases).WithReplay(Seed, Gamma));
}
