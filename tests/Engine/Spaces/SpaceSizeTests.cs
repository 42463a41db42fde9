using System.Numerics;
using FunctionTune.Numerics;
using FunctionTune.Spaces;
using FunctionTune.Suggest;

namespace FunctionTune.Engine.Tests.Spaces;

public sealed class SpaceSizeTests
{
    [Fact]
    public void The_points_of_random_spaces_are_counted_as_by_going_through_them()
    {
        int shared = 0;
        foreach ((SearchSpace space, HashSet<string> points) in DiscreteSpaces.Random(count: 400, mostPoints: 700))
        {
            shared += space.Parameters.Any(parameter => parameter.Conditions.Length > 1) ? 1 : 0;
            Assert.Equal(points.Count, SpaceSize.Of(space));
        }

        Assert.InRange(shared, 20, 400);
    }

    [Fact]
    public void The_grid_goes_through_every_point_once_and_draws_bring_no_other()
    {
        foreach ((SearchSpace space, HashSet<string> points) in DiscreteSpaces.Random(count: 200, mostPoints: 1000))
        {
            PointGrid grid = PointGrid.Of(space)!;
            var met = new List<string>();
            for (Point? point = grid.First; point is not null; point = grid.Next(point))
            {
                Assert.True(space.Contains(point));
                met.Add(DiscreteSpaces.Text(space, point));
            }

            Assert.Equal(points.Order(StringComparer.Ordinal), met.Order(StringComparer.Ordinal));
            for (int number = 0; number < 200; number++)
            {
                Point drawn = PriorSampler.Draw(space, Pcg64.ForTrial(3, number));
                Assert.Contains(DiscreteSpaces.Text(space, drawn), points);
            }
        }
    }

    [Fact]
    public void Large_spaces_are_counted_at_once()
    {
        SearchSpace integers = Hp.List([.. Enumerable.Range(0, 60).Select(i => Hp.RandInt($"x{i}", 1000))]);
        SearchSpace choices = Hp.List([
            .. Enumerable
                .Range(0, 40)
                .Select(i => Hp.Choice($"c{i}", Hp.RandInt($"a{i}", 9), Hp.RandInt($"b{i}", 3), "plain")),
        ]);

        Assert.Equal(BigInteger.Pow(1000, 60), SpaceSize.Of(integers));
        Assert.Equal(BigInteger.Pow(13, 40), SpaceSize.Of(choices));
    }

    [Theory]
    [MemberData(nameof(Unbounded))]
    public void Spaces_without_an_end_have_no_size(string name)
    {
        Assert.Null(SpaceSize.Of(s_unbounded[name]));
        Assert.Null(PointGrid.Of(s_unbounded[name]));
    }

    [Fact]
    public void What_only_an_impossible_option_would_bring_does_not_count()
    {
        SearchSpace space = Hp.PChoice(
            "kind",
            (1, Hp.RandInt("n", 5)),
            (0, Hp.Choice("inner", Hp.Uniform("x", 0, 1), "other"))
        );

        Assert.Equal(5, SpaceSize.Of(space));
    }

    [Theory]
    [InlineData(0.5, 3.5, 1, 3)] // 0 and 4 would come out for the very bounds only
    [InlineData(0, 3, 1, 4)] // 0 and 3 come out half as often as 1 and 2
    [InlineData(0.1, 0.35, 0.1, 3)]
    [InlineData(0.3, 0.9, 0.3, 3)]
    [InlineData(0.1, 0.2, 1, 1)]
    public void Multiples_that_cannot_come_out_do_not_count(double low, double high, double q, int count) =>
        Assert.Equal(count, SpaceSize.Of(Hp.QUniform("x", low, high, q)));

    [Fact]
    public void Choices_that_share_their_parameters_in_every_way_are_not_counted_for_ever()
    {
        SpaceNode shared = Hp.RandInt("shared", 4);
        SearchSpace space = Hp.List([
            .. Enumerable.Range(0, 30).Select(i => Hp.Choice($"c{i}", i, shared)),
            .. Enumerable.Range(0, 30).Select(i => Hp.Choice($"d{i}", i, Hp.Choice($"e{i}", shared, i))),
        ]);

        Assert.True(SpaceSize.Of(space) is null || SpaceSize.Of(space) > BigInteger.Pow(2, 60));
    }

    public static TheoryData<string> Unbounded => [.. s_unbounded.Keys];

    private static readonly SortedDictionary<string, SpaceNode> s_unbounded = new(StringComparer.Ordinal)
    {
        ["uniform"] = Hp.Uniform("x", 0, 1),
        ["loguniform"] = Hp.LogUniform("x", 0, 1),
        ["normal"] = Hp.Normal("x", 0, 1),
        ["qnormal"] = Hp.QNormal("x", 0, 1, 1),
        ["lognormal"] = Hp.LogNormal("x", 0, 1),
        ["qlognormal"] = Hp.QLogNormal("x", 0, 1, 1),
        ["steps too small for doubles"] = Hp.QUniform("x", 0, 1e6, 1e-12),
        ["one of many"] = Hp.List(Hp.RandInt("n", 3), Hp.Choice("c", "a", Hp.Uniform("x", 0, 1))),
    };
}
