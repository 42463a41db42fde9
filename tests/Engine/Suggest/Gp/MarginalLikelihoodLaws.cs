using FunctionTune.Suggest.Gp;
using FunctionTune.Testing.Search;

namespace FunctionTune.Engine.Tests.Suggest.Gp;

public sealed class MarginalLikelihoodLaws
{
    [Fact]
    public void The_gradient_is_the_slope_of_the_value() =>
        Process.Hold(process =>
        {
            const double Step = 1e-5;
            MarginalLikelihood likelihood = Likelihood(process);
            double[] gradient = new double[process.Theta.Length];
            double value = likelihood.Evaluate(process.Theta, process.Losses, gradient);
            for (int i = 0; i < gradient.Length; i++)
            {
                double slope = (At(likelihood, process, i, Step) - At(likelihood, process, i, -Step)) / (2 * Step);
                Assert.Equal(slope, gradient[i], 1e-6 * (1 + Math.Abs(value) + Math.Abs(slope)));
            }
        });

    [Fact]
    public void Values_under_a_kernel_made_ready_are_the_same() =>
        Process.Hold(process =>
        {
            MarginalLikelihood likelihood = Likelihood(process);
            double value = likelihood.Evaluate(process.Theta, process.Losses, new double[process.Theta.Length]);

            Assert.True(likelihood.TryFactorize(process.Theta));
            Assert.Equal(value, likelihood.Of(process.Losses));
        });

    [Fact]
    public void A_shift_of_all_losses_changes_nothing() =>
        Process.Hold(process =>
        {
            MarginalLikelihood likelihood = Likelihood(process);
            Assert.True(likelihood.TryFactorize(process.Theta));
            double shifted = likelihood.Of([.. process.Losses.Select(loss => loss + 3)]);

            Assert.Equal(likelihood.Of(process.Losses), shifted, 1e-9 * (1 + Math.Abs(shifted)));
        });

    [Fact]
    public void Any_kernel_is_positive_definite_on_a_conditional_space_with_conditional_choices()
    {
        SpaceCoding coding = new(Objectives.All.Single(o => o.Name == "condfam").Space);
        for (int seed = 0; seed < 40; seed++)
        {
            var process = new Process(coding.Space, seed);
            double[][] points = [.. Enumerable.Range(0, 40).Select(_ => process.AnyPoint())];
            var prior = new KernelPrior(coding.Dimensions);
            double[] theta =
            [
                .. prior.Low.Zip(prior.High, (low, high) => low + ((high - low) * process.Random.NextDouble())),
            ];
            theta[^1] = prior.Low[^1];

            Assert.True(new MarginalLikelihood(new PairDistances(coding, points)).TryFactorize(theta));
        }
    }

    private static MarginalLikelihood Likelihood(Process process)
    {
        var likelihood = new MarginalLikelihood(new PairDistances(process.Coding, process.Points));
        process.Noises.CopyTo(likelihood.ExtraNoise);
        return likelihood;
    }

    private static double At(MarginalLikelihood likelihood, Process process, int parameter, double step)
    {
        double[] theta = [.. process.Theta];
        theta[parameter] += step;
        Assert.True(likelihood.TryFactorize(theta));
        return likelihood.Of(process.Losses);
    }
}
