using System.Text.Json;
using FunctionTune.Spaces;
using FunctionTune.Suggest.Gp;

namespace FunctionTune.Golden.Tests.Gp;

/// <summary>The Gaussian process beside one of scikit-learn's kernels and NumPy's dense solvers.</summary>
public sealed class GaussianProcessTests
{
    private const double Bound = 1e-9;

    private static readonly SearchSpace s_flat = SearchSpace.Create(
        Hp.Dict(("x0", Hp.Uniform("x0", 0, 1)), ("x1", Hp.Uniform("x1", 0, 1)), ("x2", Hp.Choice("x2", "a", "b", "c")))
    );

    private static readonly SearchSpace s_conditional = SearchSpace.Create(
        Hp.Choice(
            "kind",
            Hp.Uniform("a", 0, 1),
            Hp.Uniform("b", 0, 1),
            Hp.Choice("inner", 0, 1, 2, Hp.Uniform("c", 0, 1))
        )
    );

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, Recorded.GetArrayLength())];

    private static JsonElement Recorded => GoldenData.Processes.GetProperty("cases");

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_likelihood_is_the_recorded_one(int index)
    {
        JsonElement recorded = Recorded[index];
        SpaceCoding coding = CodingOf(recorded);
        var likelihood = new MarginalLikelihood(new PairDistances(coding, Points(coding, recorded, "points")));
        recorded.Numbers("known_variances").CopyTo(likelihood.ExtraNoise);
        double[] theta = Theta(coding, recorded);

        double value = likelihood.Evaluate(theta, recorded.Numbers("losses"), new double[theta.Length]);

        double expected = recorded.GetProperty("minus_log_likelihood").GetDouble();
        Assert.Equal(expected, value, Bound * Math.Max(1, Math.Abs(expected)));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_predictions_are_the_recorded_ones(int index)
    {
        JsonElement recorded = Recorded[index];
        SpaceCoding coding = CodingOf(recorded);
        double[][] points = Points(coding, recorded, "points");
        var surrogate = new Surrogate(coding, Theta(coding, recorded), points.Length);
        surrogate.Learn(points, recorded.Numbers("losses"), recorded.Numbers("known_variances"));
        double[][] at = Points(coding, recorded, "at");
        for (int i = 0; i < at.Length; i++)
        {
            (double mean, double deviation) = surrogate.Predict(at[i]);
            Assert.Equal(recorded.Numbers("means")[i], mean, Bound);
            Assert.Equal(recorded.Numbers("deviations")[i], deviation, Bound);
        }
    }

    private static SpaceCoding CodingOf(JsonElement recorded) =>
        new(recorded.GetProperty("space").GetString() == "flat" ? s_flat : s_conditional);

    private static double[][] Points(SpaceCoding coding, JsonElement recorded, string key) =>
        [
            .. recorded
                .GetProperty(key)
                .EnumerateArray()
                .Select(point => coding.Space.Parameters.Select(p => point.GetProperty(p.Label).Number()).ToArray()),
        ];

    private static double[] Theta(SpaceCoding coding, JsonElement recorded)
    {
        // The estimated noise has a floor, which is added to what stands here.
        const double Floor = 1e-8;
        int d = coding.Dimensions;
        double[] theta = new double[KernelParameters.Length(d)];
        theta[0] = Math.Log(recorded.GetProperty("joint_variance").GetDouble());
        theta[^1] = Math.Log(recorded.GetProperty("noise").GetDouble() - Floor);
        foreach (JsonElement parameter in recorded.GetProperty("parameters").EnumerateArray())
        {
            int k = coding.Space.IndexOf(parameter.GetProperty("label").GetString()!);
            theta[KernelParameters.JointLengthAt(k)] = Math.Log(parameter.GetProperty("joint_length").GetDouble());
            theta[KernelParameters.OwnLengthAt(k, d)] = Math.Log(parameter.GetProperty("own_length").GetDouble());
            theta[KernelParameters.OwnVarianceAt(k, d)] = Math.Log(parameter.GetProperty("own_variance").GetDouble());
        }

        return theta;
    }
}
