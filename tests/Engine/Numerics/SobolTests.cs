using FunctionTune.Numerics;

namespace FunctionTune.Engine.Tests.Numerics;

public sealed class SobolTests
{
    private const double Unit = 4294967296;

    private static readonly int[] s_compared = [1, 7, 50, 100, 160];

    /// <summary>The dimensions of the tests: the ends of the table, and some in the group beyond it.</summary>
    public static TheoryData<int> Dimensions => [0, 1, 2, 10, 99, 160, 161, 200, 500];

    [Fact]
    public void The_first_points_are_those_that_Joe_and_Kuo_publish()
    {
        double[][] published =
        [
            [0, 0, 0],
            [0.5, 0.5, 0.5],
            [0.75, 0.25, 0.25],
            [0.25, 0.75, 0.75],
            [0.375, 0.375, 0.625],
            [0.875, 0.875, 0.125],
            [0.625, 0.125, 0.875],
            [0.125, 0.625, 0.375],
            [0.1875, 0.3125, 0.9375],
            [0.6875, 0.8125, 0.4375],
        ];

        for (int index = 0; index < published.Length; index++)
        {
            IEnumerable<double> point = Enumerable.Range(0, 3).Select(d => Sobol.Unscrambled((uint)index, d) / Unit);
            Assert.Equal(published[index].AsEnumerable(), point);
        }
    }

    // Reference: scipy.stats.qmc.Sobol(161, scramble=False, bits=32).
    [Theory]
    [InlineData(5, 3758096384U, 1610612736U, 2684354560U, 536870912U, 3758096384U)]
    [InlineData(100, 1107296256U, 2046820352U, 3791650816U, 167772160U, 1174405120U)]
    [InlineData(12345, 3493593088U, 486801408U, 3313238016U, 2317090816U, 1076101120U)]
    public void Later_points_and_dimensions_agree_with_scipy(int index, params uint[] expected) =>
        Assert.Equal(expected, s_compared.Select(dimension => Sobol.Unscrambled((uint)index, dimension)));

    [Theory]
    [MemberData(nameof(Dimensions))]
    public void Each_interval_of_a_power_of_two_holds_one_point_of_as_many(int dimension)
    {
        for (int block = 0; block < 3; block++)
        {
            IEnumerable<int> cells = Enumerable
                .Range(block * 256, 256)
                .Select(index => (int)(Sobol.Coordinate(7, index, dimension) * 256));

            Assert.Equal(Enumerable.Range(0, 256), cells.Order());
        }
    }

    [Theory]
    [InlineData(1, 64)]
    [InlineData(2, 32)]
    [InlineData(8, 8)]
    [InlineData(64, 1)]
    public void Each_elementary_rectangle_of_the_first_two_dimensions_holds_one_point(int columns, int rows)
    {
        var cells = Enumerable
            .Range(0, columns * rows)
            .Select(i => ((int)(Sobol.Coordinate(3, i, 0) * columns), (int)(Sobol.Coordinate(3, i, 1) * rows)));

        Assert.Equal(columns * rows, cells.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Dimensions))]
    public void Over_many_scrambles_a_coordinate_is_uniform(int dimension) =>
        Laws.AssertFollows(
            [.. Enumerable.Range(0, 5_000).Select(key => Sobol.Coordinate((ulong)key, 3, dimension))],
            x => x
        );

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    [InlineData(20)]
    public void Points_spread_more_evenly_than_random_ones(int dimensions)
    {
        const int count = 128;
        double[][] sobol = Points(count, dimensions, (i, d) => Sobol.Coordinate(1, i, d));
        double[] random =
        [
            .. Enumerable
                .Range(0, 20)
                .Select(seed => Pcg64.ForTrial((ulong)seed, 0))
                .Select(stream => Discrepancy(Points(count, dimensions, (_, _) => stream.NextDouble()))),
        ];

        Assert.True(Discrepancy(sobol) < random.Min(), $"{Discrepancy(sobol)} against {random.Min()}");
    }

    [Fact]
    public void Dimensions_that_share_numbers_do_not_follow_one_another()
    {
        double[] own = [.. Enumerable.Range(0, 1024).Select(i => Sobol.Coordinate(1, i, 5) - 0.5)];
        double[] padded =
        [
            .. Enumerable.Range(0, 1024).Select(i => Sobol.Coordinate(1, i, 5 + Sobol.Dimensions) - 0.5),
        ];

        Assert.InRange(own.Zip(padded, (a, b) => 12 * a * b).Average(), -0.1, 0.1);
    }

    [Fact]
    public void Coordinates_lie_strictly_between_0_and_1_up_to_the_last_point() =>
        Assert.All(
            from index in new[] { 0, 1, 1_000_000, int.MaxValue }
            from dimension in Enumerable.Range(0, 200)
            select Sobol.Coordinate(9, index, dimension),
            x => Assert.InRange(x, double.Epsilon, Math.BitDecrement(1.0))
        );

    private static double[][] Points(int count, int dimensions, Func<int, int, double> coordinate) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => Enumerable.Range(0, dimensions).Select(d => coordinate(i, d)).ToArray()),
        ];

    /// <summary>
    /// The centred L2 discrepancy, squared: F. J. Hickernell, "A generalized discrepancy and quadrature error bound",
    /// Mathematics of Computation 67, 1998.
    /// </summary>
    private static double Discrepancy(double[][] points)
    {
        double single = points.Sum(x =>
            x.Aggregate(1.0, (product, u) => product * (1 + (Far(u) / 2) - (Far(u) * Far(u) / 2)))
        );
        double pairs = points.Sum(x =>
            points.Sum(y =>
                x.Zip(y)
                    .Aggregate(
                        1.0,
                        (p, u) => p * (1 + ((Far(u.First) + Far(u.Second) - Math.Abs(u.First - u.Second)) / 2))
                    )
            )
        );
        return Math.Pow(13.0 / 12, points[0].Length)
            - (2 * single / points.Length)
            + (pairs / points.Length / points.Length);
    }

    private static double Far(double u) => Math.Abs(u - 0.5);
}
