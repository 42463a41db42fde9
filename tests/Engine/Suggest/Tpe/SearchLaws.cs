using FunctionTune.Numerics;
using FunctionTune.Spaces;
using FunctionTune.Suggest;
using FunctionTune.Suggest.Tpe;
using FunctionTune.Testing.Suggest;

namespace FunctionTune.Engine.Tests.Suggest.Tpe;

public sealed class SearchLaws
{
    private static readonly TpeOptions s_options = new();

    [Fact]
    public void The_best_candidate_found_by_shortcuts_is_the_first_best_of_all() =>
        Story.Hold(story =>
        {
            int[] good =
            [
                .. Enumerable.Range(0, story.Values.Length).Where(i => i % 9 == 2).Take(HistorySplit.MaxBelow),
            ];
            using var search = new CandidateSearch(s_options, Pcg64.ForTrial(1, 2), story.Values.Length);

            double best = search.Best(story.Distribution, story.Column(), good);

            Assert.Equal(NaiveBest(story, good), best);
            Assert.True(Support.Contains(story.Distribution, best));
        });

    [Fact]
    public void Values_lie_in_the_cell_that_is_rounded_to_them() =>
        Story.Hold(story =>
        {
            Assert.All(
                story.Values,
                value =>
                {
                    double latent = story.Prior.ToLatent(value);
                    Assert.Equal(value, story.Prior.ToValue(latent), 1e-9 * Math.Max(1, Math.Abs(value)));
                    (double lower, double upper) = story.Prior.LatentCell(value);
                    Assert.True(lower <= upper);
                    Assert.True(story.Prior.Q == 0 || upper >= story.Prior.Low);
                }
            );
        });

    // The same draws, every candidate scored in full over all components.
    private static double NaiveBest(Story story, int[] good)
    {
        NumericPrior prior = story.Prior;
        double[] latent = [.. story.Values.Select(prior.ToLatent)];
        double[] below = [.. good.Select(i => latent[i])];
        double[] above = [.. latent.Where((_, i) => !good.Contains(i))];
        double[] candidates = new double[s_options.Candidates];
        MixtureDensity densityBelow = Fit(below, prior, candidates);
        MixtureDensity densityAbove = Fit(above, prior, candidates: []);
        double best = 0;
        double bestScore = double.NegativeInfinity;
        foreach (double candidate in candidates)
        {
            double value = prior.ToValue(candidate);
            (double lower, double upper) = prior.LatentCell(value);
            double score =
                prior.Q > 0
                    ? densityBelow.LogBetween(lower, upper) - densityAbove.LogBetween(lower, upper)
                    : densityBelow.LogAt(candidate) - densityAbove.LogAt(candidate);
            (best, bestScore) = score > bestScore + 1e-12 ? (value, score) : (best, bestScore);
        }

        return best;
    }

    private static MixtureDensity Fit(double[] observations, NumericPrior prior, double[] candidates)
    {
        double[] weights = new double[observations.Length];
        ForgettingWeights.Fill(weights);

        // A stable sort, as equal observations come in the order of time.
        int[] order = [.. Enumerable.Range(0, observations.Length).OrderBy(i => observations[i])];
        int count = observations.Length + 1;
        var mixture = new ParzenMixture(new double[count], new double[count], new double[count]);
        double[] sorted = [.. order.Select(i => observations[i])];
        int place = AdaptiveParzen.Fit(
            sorted,
            [.. order.Select(i => weights[i])],
            prior,
            s_options.PriorWeight,
            mixture
        );
        TruncatedMixture.Draw(mixture, prior, Pcg64.ForTrial(1, 2), candidates);
        return new MixtureDensity(mixture, place, new double[MixtureDensity.Memory(mixture)]);
    }
}
