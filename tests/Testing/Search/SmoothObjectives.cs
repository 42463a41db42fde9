using FunctionTune.Spaces;

namespace FunctionTune.Testing.Search;

/// <summary>Objectives over continuous parameters.</summary>
internal static class SmoothObjectives
{
    private static readonly double[] s_alpha = [1.0, 1.2, 3.0, 3.2];

    private static readonly double[][] s_hartmannA =
    [
        [10, 3, 17, 3.5, 1.7, 8],
        [0.05, 10, 17, 0.1, 8, 14],
        [3, 3.5, 1.7, 10, 17, 8],
        [17, 8, 0.05, 10, 0.1, 14],
    ];

    private static readonly double[][] s_hartmannP =
    [
        [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
        [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
        [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.665],
        [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
    ];

    private static readonly double[] s_rastriginShift = [1.3, -2.1, 0.7, 3.2];
    private static readonly double[] s_sphereShift = [1, -2, 0.5, 3, -1.5, 2.5, -3.5, 0, -0.7, 1.8];

    /// <summary>Branin's function.</summary>
    public static Objective Branin { get; } =
        new(
            "branin",
            Hp.Dict(("x1", Hp.Uniform("x1", -5, 10)), ("x2", Hp.Uniform("x2", 0, 15))),
            p =>
            {
                double x1 = p["x1"];
                double valley = p["x2"] - (5.1 / (4 * Math.PI * Math.PI) * x1 * x1) + (5 / Math.PI * x1) - 6;
                return (valley * valley) + (10 * (1 - (1 / (8 * Math.PI))) * Math.Cos(x1)) + 10;
            },
            Optimum: 0.39788735772973816
        );

    /// <summary>Hartmann's function of six parameters.</summary>
    public static Objective Hartmann6 { get; } =
        new("hartmann6", Box(6, 0, 1), p => Hartmann(p.All), Optimum: -3.32236801141551);

    /// <summary>The same with noise.</summary>
    public static Objective NoisyHartmann6 { get; } = Hartmann6 with { Name = "noisy_hartmann6", NoiseDeviation = 0.1 };

    /// <summary>Ackley's function in a box that does not lie evenly about the optimum.</summary>
    public static Objective Ackley5 { get; } =
        new(
            "ackley5",
            Box(5, -15, 30),
            p =>
            {
                double squares = 0;
                double waves = 0;
                foreach (double x in p.All)
                {
                    squares += x * x;
                    waves += Math.Cos(2 * Math.PI * x);
                }

                int n = p.All.Length;
                return (-20 * Math.Exp(-0.2 * Math.Sqrt(squares / n))) - Math.Exp(waves / n) + 20 + Math.E;
            },
            Optimum: 0
        );

    /// <summary>Rosenbrock's valley.</summary>
    public static Objective Rosenbrock4 { get; } =
        new(
            "rosenbrock4",
            Box(4, -5, 10),
            p =>
            {
                double sum = 0;
                for (int i = 0; i + 1 < p.All.Length; i++)
                {
                    double off = p.All[i + 1] - (p.All[i] * p.All[i]);
                    sum += (100 * off * off) + ((1 - p.All[i]) * (1 - p.All[i]));
                }

                return sum;
            },
            Optimum: 0
        );

    /// <summary>Rastrigin's function, moved.</summary>
    public static Objective Rastrigin4 { get; } =
        new(
            "rastrigin4",
            Box(4, -5.12, 5.12),
            p =>
            {
                double sum = 40;
                for (int i = 0; i < p.All.Length; i++)
                {
                    double z = p.All[i] - s_rastriginShift[i];
                    sum += (z * z) - (10 * Math.Cos(2 * Math.PI * z));
                }

                return sum;
            },
            Optimum: 0
        );

    /// <summary>A sphere, moved.</summary>
    public static Objective Sphere10 { get; } =
        new(
            "sphere10",
            Box(10, -5.12, 5.12),
            p =>
            {
                double sum = 0;
                for (int i = 0; i < p.All.Length; i++)
                {
                    sum += (p.All[i] - s_sphereShift[i]) * (p.All[i] - s_sphereShift[i]);
                }

                return sum;
            },
            Optimum: 0
        );

    private static SpaceNode Box(int dimensions, double low, double high) =>
        Hp.Dict([.. Enumerable.Range(1, dimensions).Select(i => ($"x{i}", Hp.Uniform($"x{i}", low, high)))]);

    private static double Hartmann(ReadOnlySpan<double> x)
    {
        double sum = 0;
        for (int i = 0; i < s_alpha.Length; i++)
        {
            double exponent = 0;
            for (int j = 0; j < x.Length; j++)
            {
                exponent += s_hartmannA[i][j] * (x[j] - s_hartmannP[i][j]) * (x[j] - s_hartmannP[i][j]);
            }

            sum += s_alpha[i] * Math.Exp(-exponent);
        }

        return -sum;
    }
}
