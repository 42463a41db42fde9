using System.Text.Json;
using FunctionTune.Spaces;
using FunctionTune.Suggest.Tpe;

namespace FunctionTune.Golden.Tests.Tpe;

public sealed class KernelTests
{
    [Fact]
    public void The_number_of_good_trials_is_hyperopts()
    {
        foreach (JsonElement row in GoldenData.Hyperopt.GetProperty("n_below").EnumerateArray())
        {
            Assert.Equal(row[1].GetInt32(), HistorySplit.CountBelow(row[0].GetInt32(), gamma: 0.25));
        }
    }

    [Fact]
    public void Forgetting_weights_are_hyperopts()
    {
        foreach (JsonElement row in GoldenData.Hyperopt.GetProperty("linear_forgetting").EnumerateArray())
        {
            Assert.Equal(ForgettingWeights.Full, row.GetProperty("LF").GetInt32());
            double[] weights = new double[row.GetProperty("N").GetInt32()];
            ForgettingWeights.Fill(weights);

            GoldenData.AssertClose(row.Numbers("weights"), weights, $"weights of {weights.Length}");
        }
    }

    [Fact]
    public void Adaptive_Parzen_mixtures_are_hyperopts()
    {
        foreach (JsonElement row in GoldenData.Hyperopt.GetProperty("adaptive_parzen_normal").EnumerateArray())
        {
            double[] observations = row.Numbers("mus");
            var prior = new NumericPrior(
                row.GetProperty("prior_mu").GetDouble(),
                row.GetProperty("prior_sigma").GetDouble(),
                double.NegativeInfinity,
                double.PositiveInfinity,
                Q: 0,
                IsLog: false
            );
            double[] weights = new double[observations.Length];
            ForgettingWeights.Fill(weights);
            Array.Sort(observations, weights);
            var fit = Fit.Of(observations, weights, prior, row.GetProperty("prior_weight").GetDouble());

            string what = $"{observations.Length} observations";
            GoldenData.AssertClose(row.Numbers("out_weights"), fit.Weights, $"weights of {what}");
            GoldenData.AssertClose(row.Numbers("out_mus"), fit.Mus, $"means of {what}");
            GoldenData.AssertClose(row.Numbers("out_sigmas"), fit.Sigmas, $"deviations of {what}");
        }
    }

    [Fact]
    public void Log_densities_are_hyperopts()
    {
        foreach (JsonElement row in GoldenData.Hyperopt.GetProperty("lpdf").EnumerateArray())
        {
            string function = row.GetProperty("fn").GetString()!;
            var prior = new NumericPrior(
                Mu: 0,
                Sigma: 1,
                Bound(row, "low", double.NegativeInfinity),
                Bound(row, "high", double.PositiveInfinity),
                Bound(row, "q", 0),
                IsLog: string.Equals(function, "LGMM1_lpdf", StringComparison.Ordinal)
            );
            var fit = new Fit(row.Numbers("weights"), row.Numbers("mus"), row.Numbers("sigmas"), Prior: 1);

            GoldenData.AssertClose(row.Numbers("lpdf"), fit.LogDensities(prior, row.Numbers("samples")), function);
        }
    }

    private static double Bound(JsonElement row, string key, double otherwise) =>
        row.GetProperty(key) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : otherwise;
}
