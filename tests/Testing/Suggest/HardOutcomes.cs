using System.Collections.Immutable;
using FunctionTune.History;
using FunctionTune.Spaces;

namespace FunctionTune.Testing.Suggest;

/// <summary>What may come out of trials that makes arithmetic hard.</summary>
public static class HardOutcomes
{
    /// <summary>What is known of the trial with a number and a point, by name.</summary>
    public static ImmutableSortedDictionary<string, Func<int, Point, Observation>> ByName { get; } =
        new Dictionary<string, Func<int, Point, Observation>>(StringComparer.Ordinal)
        {
            ["losses of every magnitude"] = (n, p) => Loss(n, p, Sign(n) * Math.Pow(10, (n * 37 % 601) - 300)),
            ["losses from the smallest to the largest"] = (n, p) =>
                Loss(n, p, BitConverter.UInt64BitsToDouble(0x7FEF_FFFF_FFFF_FFFF / 100 * (ulong)(n % 101))),
            ["the largest losses of both signs"] = (n, p) => Loss(n, p, Sign(n) * double.MaxValue),
            ["the largest loss again and again"] = (n, p) => Loss(n, p, double.MaxValue),
            ["one huge loss among small ones"] = (n, p) => Loss(n, p, n == 7 ? 1e300 : n),
            ["one hugely negative loss among small ones"] = (n, p) => Loss(n, p, n == 7 ? double.MinValue : n),
            ["subnormal losses"] = (n, p) => Loss(n, p, n % 3 * double.Epsilon),
            ["neighbouring numbers"] = (n, p) => Loss(n, p, n % 2 == 0 ? 1 : Math.BitIncrement(1)),
            ["equal losses"] = (n, p) => Loss(n, p, -2.5),
            ["zeros of both signs"] = (n, p) => Loss(n, p, n % 2 == 0 ? 0.0 : -0.0),
            ["always pending"] = (n, p) => Histories.Lossless(n, p, LossKind.Pending),
            ["always bad"] = (n, p) => Histories.Lossless(n, p, LossKind.Bad),
            ["always nothing"] = (n, p) => Histories.Lossless(n, p, LossKind.None),
            ["bad, nothing and pending in turn"] = (n, p) => Histories.Lossless(n, p, Lossless(n)),
            ["one finite loss among bad ones"] = (n, p) =>
                n == 5 ? Loss(n, p, 1) : Histories.Lossless(n, p, LossKind.Bad),
            ["variances of every sort"] = (n, p) => Loss(n, p, Math.Sin(n)) with { LossVariance = Variance(n) },
            ["huge variances"] = (n, p) => Loss(n, p, Math.Sin(n)) with { LossVariance = double.MaxValue },
            ["no variance at all"] = (n, p) => Loss(n, p, Math.Sin(n)) with { LossVariance = 0 },
        }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    private static Observation Loss(int number, Point point, double loss) => Histories.Finite(number, point, loss);

    private static int Sign(int number) => number % 2 == 0 ? 1 : -1;

    private static LossKind Lossless(int number) =>
        (number % 3) switch
        {
            0 => LossKind.Bad,
            1 => LossKind.None,
            _ => LossKind.Pending,
        };

    private static double Variance(int number) =>
        (number % 6) switch
        {
            0 => 0,
            1 => double.NaN,
            2 => 1e300,
            3 => double.Epsilon,
            4 => 1,
            _ => double.MaxValue,
        };
}
