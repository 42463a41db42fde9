using FunctionTune.History;
using FunctionTune.Spaces;
using FunctionTune.Suggest;
using FunctionTune.Suggest.Gp;
using FunctionTune.Testing.Suggest;

namespace FunctionTune.Engine.Tests.Suggest.Gp;

public sealed class SpaceCodingLaws
{
    [Fact]
    public void A_point_comes_back_from_its_coordinates() =>
        Process.Hold(process =>
        {
            SpaceCoding coding = process.Coding;
            Point point = PriorSampler.Draw(coding.Space, process.Random);
            double[] x = coding.Encode(point);
            for (int k = 0; k < x.Length; k++)
            {
                double allowed = point.IsActive(k) ? 1e-9 * Math.Max(1, Math.Abs(point[k])) : 0;
                Assert.Equal(point[k], coding.Decode(k, x[k]), allowed);
            }
        });

    [Fact]
    public void Every_coordinate_within_its_bounds_is_snapped_to_a_possible_value() =>
        Process.Hold(process =>
        {
            SpaceCoding coding = process.Coding;
            foreach (SpaceParameter parameter in coding.Space.Parameters.Where(p => coding.IsNumber(p.Index)))
            {
                (double low, double high) = (coding.Low(parameter.Index), coding.High(parameter.Index));
                double inside = low + ((high - low) * process.Random.NextDouble());
                foreach (double x in new[] { low, inside, high })
                {
                    double snapped = coding.Snap(parameter.Index, x);
                    double value = coding.Decode(parameter.Index, snapped);

                    // Multiples of a step that is no binary fraction show their rounding when they are large.
                    Assert.True(
                        Math.Abs(value) > 1e6 || Support.Contains(parameter.Prior, value),
                        $"{value:R} is no value of {parameter.Prior}."
                    );
                    Assert.Equal(value, coding.Decode(parameter.Index, x), 1e-9 * Math.Max(1, Math.Abs(value)));
                }
            }
        });

    [Fact]
    public void A_neighbour_is_another_value_so_many_steps_away_or_none() =>
        Process.Hold(process =>
        {
            SpaceCoding coding = process.Coding;
            double[] x = process.AnyPoint();
            foreach (SpaceParameter parameter in coding.Space.Parameters)
            {
                int k = parameter.Index;
                if (double.IsNaN(x[k]) || !coding.IsNumber(k) || coding.IsContinuous(k))
                {
                    continue;
                }

                foreach (int steps in new[] { -2, -1, 1, 2 })
                {
                    double next = coding.Neighbour(k, x[k], steps);
                    if (!double.IsNaN(next))
                    {
                        double value = coding.Decode(k, next);
                        Assert.True(Math.Abs(value) > 1e6 || Support.Contains(parameter.Prior, value));
                        Assert.Equal(Math.Sign(steps), Math.Sign(value - coding.Decode(k, x[k])));
                    }
                }
            }
        });

    [Fact]
    public void Options_are_those_with_a_probability()
    {
        var coding = new SpaceCoding(
            Testing.Suggest.Spaces.Flat(
                new Distribution.PChoice([0.5, 0, 0.5, 0]),
                new Distribution.Choice(3),
                new Distribution.Uniform(0, 1)
            )
        );

        Assert.Equal([0, 2], coding.Options(0).ToArray());
        Assert.Equal([0, 1, 2], coding.Options(1).ToArray());
        Assert.True(coding.Options(2).IsEmpty);
    }

    [Fact]
    public void Bounds_become_0_and_1_and_a_mean_the_middle()
    {
        var coding = new SpaceCoding(
            Testing.Suggest.Spaces.Flat(
                new Distribution.LogUniform(Math.Log(1e-4), 0),
                new Distribution.Normal(10, 2),
                new Distribution.RandInt(3, 8)
            )
        );

        Assert.Equal(0.5, coding.Encode(0, 1e-2), 1e-12);
        Assert.Equal(0, coding.Encode(0, 1e-4), 1e-12);
        Assert.Equal([0.5, 1], new[] { coding.Encode(1, 10), coding.Encode(1, 16) });
        Assert.Equal(0.5, coding.Encode(2, 5), 1e-12);
        Assert.Equal(7, coding.Decode(2, 1));
    }

    [Theory]
    [InlineData(1e300)]
    [InlineData(-1e300)]
    [InlineData(1e160)]
    public void A_given_value_beyond_all_measure_is_learnt_from_like_any_other(double value)
    {
        var history = new TrialHistory(Testing.Suggest.Spaces.Single(new Distribution.Normal(0, 1)));
        for (int number = 0; number < 6; number++)
        {
            history.Record(Histories.Finite(number, new Point([number == 0 ? value : number * 0.3]), number));
        }

        Point next = new GpSuggester(new GpOptions()).Suggest(new SuggestRequest(history, 6, 1, Seed: 1))[0].Point;

        Assert.InRange(next[0], -4, 4);
    }
}
