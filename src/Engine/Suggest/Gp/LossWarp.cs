namespace FunctionTune.Suggest.Gp;

/// <summary>
/// A rising transformation of losses: Box's and Cox's power of how far a loss lies above the best one. It brings losses that
/// spread over many magnitudes, or crowd at the upper end, nearer to what a Gaussian process can describe.
/// </summary>
/// <remarks>Box, Cox, "An analysis of transformations", Journal of the Royal Statistical Society B 26, 1964.</remarks>
/// <param name="Origin">The best loss, which becomes 0.</param>
/// <param name="Unit">How far above it a loss becomes the power's value at 2. Range: above 0.</param>
/// <param name="Power">1 for no change of shape, 0 for the logarithm.</param>
internal readonly record struct LossWarp(double Origin, double Unit, double Power)
{
    /// <summary>The powers that are tried.</summary>
    public static ReadOnlySpan<double> Powers => [1, 0, 0.5, 2];

    /// <summary>The transformed loss.</summary>
    /// <param name="loss">Range: at least <see cref="Origin"/>.</param>
    public double Of(double loss)
    {
        double s = Place(loss);
        return Power == 0 ? Math.Log(s) : (Math.Pow(s, Power) - 1) / Power;
    }

    /// <summary>The logarithm of the derivative of <see cref="Of"/>.</summary>
    /// <param name="loss">Range: at least <see cref="Origin"/>.</param>
    public double LogSlope(double loss) => ((Power - 1) * Math.Log(Place(loss))) - Math.Log(Unit);

    /// <summary>The loss that becomes <paramref name="warped"/>, or the nearest possible one.</summary>
    public double Inverse(double warped)
    {
        double s = Power == 0 ? Math.Exp(warped) : Math.Pow(Math.Max(0, 1 + (Power * warped)), 1 / Power);
        return Origin + ((s - 1) * Unit);
    }

    private double Place(double loss) => 1 + ((loss - Origin) / Unit);
}
