using System.Globalization;
using System.Text.Json;

namespace FunctionTune.Golden.Tests;

/// <summary>The recorded numbers, and how closely they are met.</summary>
internal static class GoldenData
{
    private const double Tolerance = 1e-12;

    /// <summary>Hyperopt's own numbers.</summary>
    public static JsonElement Hyperopt { get; } = Read("hyperopt.json");

    /// <summary>Numbers of NumPy and SciPy.</summary>
    public static JsonElement Scipy { get; } = Read("scipy.json");

    /// <summary>Numbers of mpmath.</summary>
    public static JsonElement Numerics { get; } = Read("numerics.json");

    /// <summary>Numbers of Gaussian processes, of scikit-learn and NumPy.</summary>
    public static JsonElement Processes { get; } = Read("gp.json");

    /// <summary>What was recorded of the objectives of <c>tests/Testing/Search</c>.</summary>
    public static JsonElement Objectives { get; } = Read("objectives.json");

    /// <summary>The lines of the peers' results on those objectives.</summary>
    public static string[] Peers { get; } = ReadLines("peers.csv");

    /// <summary>A number, which may be written as "inf", "-inf" or "nan"; null stands for NaN.</summary>
    public static double Number(this JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Null => double.NaN,
            JsonValueKind.String => element.GetString() switch
            {
                "inf" => double.PositiveInfinity,
                "-inf" => double.NegativeInfinity,
                "nan" => double.NaN,
                string text => double.Parse(text, CultureInfo.InvariantCulture),
                null => double.NaN,
            },
            _ => element.GetDouble(),
        };

    /// <summary>The numbers under a key.</summary>
    public static double[] Numbers(this JsonElement element, string key) =>
        [.. element.GetProperty(key).EnumerateArray().Select(Number)];

    /// <summary>The integers under a key.</summary>
    public static int[] Integers(this JsonElement element, string key) =>
        [.. element.GetProperty(key).EnumerateArray().Select(item => item.GetInt32())];

    /// <summary>Fails unless the numbers agree to 1e-12, relatively.</summary>
    public static void AssertClose(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            double allowed = Tolerance * Math.Abs(expected[i]);
            Assert.True(
                expected[i] == actual[i] || Math.Abs(expected[i] - actual[i]) <= allowed,
                $"{what}[{i}] should be {expected[i]:R} but is {actual[i]:R}."
            );
        }
    }

    private static string[] ReadLines(string name)
    {
        using var reader = new StreamReader(typeof(GoldenData).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static JsonElement Read(string name)
    {
        using Stream stream = typeof(GoldenData).Assembly.GetManifestResourceStream(name)!;
        return JsonSerializer.Deserialize<JsonElement>(stream);
    }
}
