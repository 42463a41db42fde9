using System.Globalization;
using FunctionTune.Spaces;

namespace FunctionTune.Service.Views;

/// <summary>Priors as a user of hyperopt would write them.</summary>
public static class DistributionText
{
    /// <summary>A prior, such as <c>loguniform(-9, 3)</c>.</summary>
    /// <param name="prior">The prior.</param>
    public static string Of(Distribution prior)
    {
        ArgumentNullException.ThrowIfNull(prior);
        string name = prior.GetType().Name.ToLowerInvariant();
        double[] arguments = prior switch
        {
            Distribution.Uniform d => [d.Low, d.High],
            Distribution.QUniform d => [d.Low, d.High, d.Q],
            Distribution.UniformInt d => [d.Low, d.High],
            Distribution.LogUniform d => [d.Low, d.High],
            Distribution.QLogUniform d => [d.Low, d.High, d.Q],
            Distribution.Normal d => [d.Mu, d.Sigma],
            Distribution.QNormal d => [d.Mu, d.Sigma, d.Q],
            Distribution.LogNormal d => [d.Mu, d.Sigma],
            Distribution.QLogNormal d => [d.Mu, d.Sigma, d.Q],
            Distribution.RandInt d => [d.Low, d.High],
            Distribution.PChoice d => [.. d.Probabilities],
            _ => [],
        };
        return prior is Distribution.Choice choice
            ? $"choice of {choice.Count}"
            : $"{name}({string.Join(", ", arguments.Select(a => a.ToString("G6", CultureInfo.InvariantCulture)))})";
    }
}
