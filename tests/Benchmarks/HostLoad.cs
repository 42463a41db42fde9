using System.Globalization;
using System.Text.Json.Nodes;

namespace FunctionTune.Benchmarks;

/// <summary>What is asked of a running host.</summary>
/// <param name="Address">The host, such as <c>http://127.0.0.1:7071</c>.</param>
/// <param name="Key">A function key; null when the host wants none.</param>
/// <param name="Trials">How many trials. Range: at least 1.</param>
/// <param name="Seconds">How long each takes. Range: above 0.</param>
/// <param name="Parallelism">How many at once. Range: at least 1.</param>
/// <param name="Algo">The algorithm.</param>
internal sealed record HostLoad(Uri Address, string? Key, int Trials, double Seconds, int Parallelism, string Algo)
{
    /// <summary>How long the trials take when no slot is ever empty.</summary>
    public double Ideal => Math.Ceiling((double)Trials / Parallelism) * Seconds;

    /// <summary>Reads the arguments.</summary>
    public static HostLoad Read(string[] arguments)
    {
        var given = arguments.Chunk(2).ToDictionary(pair => pair[0], pair => pair[^1], StringComparer.Ordinal);
        double Number(string name, double usual) =>
            given.TryGetValue(name, out string? text) ? double.Parse(text, CultureInfo.InvariantCulture) : usual;
        return new HostLoad(
            new Uri(given.GetValueOrDefault("--address", "http://127.0.0.1:7071")),
            given.GetValueOrDefault("--key"),
            (int)Number("--trials", 300),
            Number("--seconds", 1),
            (int)Number("--parallelism", 32),
            given.GetValueOrDefault("--algo", "tpe")
        );
    }

    /// <summary>The study file.</summary>
    public JsonObject Study() =>
        new()
        {
            ["name"] = "load",
            ["space"] = new JsonObject
            {
                ["x"] = new JsonObject { ["uniform"] = new JsonArray(0, 1) },
                ["y"] = new JsonObject { ["loguniform"] = new JsonArray(-5, 0) },
            },
            ["algo"] = Algo,
            ["seed"] = 1,
            ["maxEvals"] = Trials,
            ["parallelism"] = Parallelism,
            ["trial"] = new JsonObject { ["simulated"] = new JsonObject { ["seconds"] = Seconds } },
        };
}
