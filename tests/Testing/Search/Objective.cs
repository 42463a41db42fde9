using FunctionTune.Spaces;

namespace FunctionTune.Testing.Search;

/// <summary>A function to minimise, of which the optimum is known.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Space">Where it is searched.</param>
/// <param name="Loss">The loss without noise of the values by label; a choice's value is the index of its option.</param>
/// <param name="Optimum">The smallest loss.</param>
/// <param name="NoiseDeviation">Standard deviation of the Gaussian noise that a trial's loss has. Range: at least 0.</param>
public sealed record Objective(
    string Name,
    SearchSpace Space,
    Func<Setting, double> Loss,
    double Optimum,
    double NoiseDeviation = 0
)
{
    /// <summary>The loss of a point, without noise.</summary>
    public double At(Point point) => Loss(new Setting(Space, point));
}
