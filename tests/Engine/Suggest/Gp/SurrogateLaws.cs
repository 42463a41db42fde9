using FunctionTune.Spaces;
using FunctionTune.Suggest.Gp;

namespace FunctionTune.Engine.Tests.Suggest.Gp;

public sealed class SurrogateLaws
{
    [Fact]
    public void What_is_expected_of_the_trials_is_what_is_predicted_there() =>
        Process.Hold(process =>
        {
            Surrogate surrogate = process.Learn();
            for (int i = 0; i < process.Points.Length; i++)
            {
                Assert.Equal(surrogate.Predict(process.Points[i]).Mean, surrogate.Expected[i], 1e-7);
            }
        });

    [Fact]
    public void The_gradients_are_the_slopes_of_the_prediction() =>
        Process.Hold(process =>
        {
            Surrogate surrogate = process.Learn();
            double[] x = process.AnyPoint();
            double[] dMean = new double[x.Length];
            double[] dDeviation = new double[x.Length];
            (double, double) withGradient = surrogate.Predict(x, dMean, dDeviation);

            Assert.Equal(surrogate.Predict(x), withGradient);
            process.AssertSlopes(x, dMean, at => surrogate.Predict(at).Mean, "mean");
            process.AssertSlopes(x, dDeviation, at => surrogate.Predict(at).Deviation, "deviation");
        });

    [Fact]
    public void Believing_leaves_every_expectation_and_takes_uncertainty_away() =>
        Process.Hold(process =>
        {
            Surrogate surrogate = process.Learn(room: 1);
            double[] believed = process.AnyPoint();
            double[][] elsewhere = [.. Enumerable.Range(0, 10).Select(_ => process.AnyPoint())];
            (double Mean, double Deviation)[] before = [.. elsewhere.Select(x => surrogate.Predict(x))];
            double deviation = surrogate.Predict(believed).Deviation;

            surrogate.Believe(believed);

            // The noise of the believed trial, 0.01, is what stays.
            Assert.InRange(surrogate.Predict(believed).Deviation, 0, Math.Min(deviation, 0.1));
            for (int i = 0; i < elsewhere.Length; i++)
            {
                (double mean, double after) = surrogate.Predict(elsewhere[i]);
                Assert.Equal(before[i].Mean, mean, 1e-6);
                Assert.InRange(after, 0, before[i].Deviation + 1e-9);
            }
        });

    [Fact]
    public void Equal_points_under_a_kernel_that_swallows_the_noise_are_learnt_all_the_same()
    {
        var coding = new SpaceCoding(
            Testing.Suggest.Spaces.Flat(new Distribution.Uniform(0, 1), new Distribution.Uniform(0, 1))
        );
        double[] theta = new KernelPrior(coding.Dimensions).Mode();
        theta[0] = Math.Log(1e14);
        theta[^1] = -60;
        var surrogate = new Surrogate(coding, theta, capacity: 12);
        double[][] points = [.. Enumerable.Range(0, 9).Select(i => new[] { i % 3 * 0.4, 0.5 })];

        surrogate.Learn(points, [.. points.Select(x => x[0])], new double[points.Length]);
        surrogate.Believe(points[0]);

        (double mean, double deviation) = surrogate.Predict([0.4, 0.5]);
        Assert.Equal(0.4, mean, 0.01);
        Assert.True(double.IsFinite(deviation));
    }

    [Fact]
    public void A_precise_loss_counts_for_more_than_a_noisy_one()
    {
        var coding = new SpaceCoding(Testing.Suggest.Spaces.Single(new Distribution.Uniform(0, 1)));
        double[] theta = new KernelPrior(coding.Dimensions).Mode();
        var surrogate = new Surrogate(coding, theta, capacity: 4);

        surrogate.Learn(
            [
                [0.1],
                [0.5],
                [0.5],
                [0.9],
            ],
            [0, 1, -1, 0],
            [0, 0.01, 1, 0]
        );

        Assert.InRange(surrogate.Predict([0.5]).Mean, 0.8, 1);
    }

    [Fact]
    public void The_most_telling_trial_is_the_one_at_the_point() =>
        Process.Hold(process =>
        {
            Surrogate surrogate = process.Learn();
            int[] telling = surrogate.MostTelling(process.Points[^1], most: 3);

            Assert.Equal(Math.Min(3, process.Points.Length), telling.Distinct().Count());
            Assert.Equal(process.Points[^1], process.Points[telling[0]]);
        });
}
