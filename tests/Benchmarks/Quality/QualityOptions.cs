using System.Globalization;

namespace FunctionTune.Benchmarks.Quality;

/// <summary>What the verb <c>quality</c> is asked.</summary>
/// <param name="Algorithms">Names of the algorithms.</param>
/// <param name="Seeds">How many runs of each.</param>
/// <param name="Trials">How many trials a run.</param>
/// <param name="Objectives">Which objectives; empty for all.</param>
/// <param name="InFlight">How many trials run at once: 1 or 8.</param>
/// <param name="Threads">How many runs at once.</param>
internal sealed record QualityOptions(
    string[] Algorithms,
    int Seeds,
    int Trials,
    string[] Objectives,
    int InFlight,
    int Threads
)
{
    /// <summary>Reads <c>--name value</c> pairs.</summary>
    public static QualityOptions Read(string[] arguments)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int i = 0; i + 1 < arguments.Length; i += 2)
        {
            given[arguments[i]] = arguments[i + 1];
        }

        return new QualityOptions(
            given.GetValueOrDefault("--algo", "auto").Split(','),
            Int(given, "--seeds", 20),
            Int(given, "--trials", 100),
            given.TryGetValue("--objective", out string? names) ? names.Split(',') : [],
            Int(given, "--in-flight", 1),
            Int(given, "--threads", Environment.ProcessorCount)
        );
    }

    private static int Int(Dictionary<string, string> given, string name, int usual) =>
        given.TryGetValue(name, out string? text) ? int.Parse(text, CultureInfo.InvariantCulture) : usual;
}
