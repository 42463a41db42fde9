using FunctionTune.Numerics;

namespace FunctionTune.Engine.Tests.Numerics;

public sealed class ShuffleTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(17)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(5_000)]
    public void Every_number_has_one_place(int count) =>
        Assert.Equal(Enumerable.Range(0, count).Select(i => (ulong)i), Order(key: 3, count).Order());

    [Fact]
    public void Every_order_of_three_numbers_is_as_likely_as_any_other()
    {
        double[] counts =
        [
            .. Enumerable
                .Range(0, 6_000)
                .Select(key => string.Join(' ', Order((ulong)key, 3)))
                .GroupBy(order => order, StringComparer.Ordinal)
                .Select(orders => (double)orders.Count()),
        ];

        Laws.AssertFrequencies(counts, [.. Enumerable.Repeat(1.0 / 6, 6)]);
    }

    [Fact]
    public void Numbers_stay_below_a_large_count() =>
        Assert.All(Enumerable.Range(0, 100), i => Assert.True(Shuffle.At(1, (ulong)i, (1UL << 61) + 1) <= 1UL << 61));

    private static IEnumerable<ulong> Order(ulong key, int count) =>
        Enumerable.Range(0, count).Select(place => Shuffle.At(key, (ulong)place, (ulong)count));
}
