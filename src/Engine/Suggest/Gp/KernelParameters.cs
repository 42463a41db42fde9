namespace FunctionTune.Suggest.Gp;

/// <summary>
/// The parameters of the kernel, as one vector of logarithms. For d coordinates the kernel is
/// k(x, x') = v m(|x - x'| in lengths) + sum over i of v_i m(|x_i - x'_i| / l_i) + noise if x is x':
/// a joint part, in which all coordinates act together, and one part of each coordinate of its own, which is there while the
/// coordinate is active in both. Losses of models are mostly sums of what single parameters do, and sums are learnt from far
/// fewer trials (Duvenaud, Nickisch, Rasmussen, "Additive Gaussian processes", NIPS 2011, arXiv:1112.4394).
/// </summary>
/// <param name="theta">
/// Logarithms, shape (3 d + 2): joint variance, d joint lengths, d own variances, d own lengths, variance of the noise.
/// </param>
internal readonly ref struct KernelParameters(ReadOnlySpan<double> theta)
{
    // What the diagonal holds at least, for the sake of the factorization.
    private const double Jitter = 1e-8;
    private readonly ReadOnlySpan<double> _theta = theta;

    /// <summary>d.</summary>
    public int Dimensions => (_theta.Length - 2) / 3;

    /// <summary>Variance of the joint part.</summary>
    public double JointVariance => Math.Exp(_theta[0]);

    /// <summary>Variance of the noise of every loss.</summary>
    public double Noise => Math.Exp(_theta[^1]) + Jitter;

    /// <summary>How long the vector is for so many coordinates.</summary>
    public static int Length(int dimensions) => (3 * dimensions) + 2;

    /// <summary>Place of a coordinate's length in the joint part.</summary>
    public static int JointLengthAt(int i) => 1 + i;

    /// <summary>Place of the variance of a coordinate's own part.</summary>
    public static int OwnVarianceAt(int i, int dimensions) => 1 + dimensions + i;

    /// <summary>Place of the length of a coordinate's own part.</summary>
    public static int OwnLengthAt(int i, int dimensions) => 1 + (2 * dimensions) + i;

    /// <summary>One over the squared joint length of a coordinate.</summary>
    public double JointWeight(int i) => Math.Exp(-2 * _theta[JointLengthAt(i)]);

    /// <summary>Variance of a coordinate's own part.</summary>
    public double OwnVariance(int i) => Math.Exp(_theta[OwnVarianceAt(i, Dimensions)]);

    /// <summary>One over the length of a coordinate's own part.</summary>
    public double OwnScale(int i) => Math.Exp(-_theta[OwnLengthAt(i, Dimensions)]);
}
