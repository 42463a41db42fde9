using System.Text.Json;
using FunctionTune.Json;

namespace FunctionTune.Service.Simulation;

/// <summary>What a study file tells <see cref="SimulatedPlatform"/>.</summary>
/// <param name="Seconds">How long a trial takes.</param>
/// <param name="Jitter">By which part of <paramref name="Seconds"/> a trial may take longer or shorter. Range: 0 to 1.</param>
/// <param name="FailEvery">Each how many-eth trial fails; 0 for none.</param>
/// <param name="Reports">How many intermediate losses a trial reports.</param>
internal sealed record SimulatedOptions(double Seconds, double Jitter, int FailEvery, int Reports)
{
    private const double Longest = 7 * 24 * 3600;
    private const int MostReports = 100;

    /// <summary>Reads the options; what is wrong is added to <paramref name="problems"/>.</summary>
    public static SimulatedOptions Read(JsonElement options, List<Problem> problems)
    {
        var fields = new JsonFields(options, "$.trial.simulated", problems);
        _ = fields.Required("seconds", "seconds says how long a trial takes", "Write for example \"seconds\": 10.");
        var read = new SimulatedOptions(
            fields.Number("seconds", s => s is >= 0 and <= Longest, "from 0 to a week") ?? 0,
            fields.Number("jitter", j => j is >= 0 and <= 1, "from 0 to 1") ?? 0,
            fields.Int("failEvery", 0) ?? 0,
            (int)(fields.Integer("reports", r => r is >= 0 and <= MostReports, $"from 0 to {MostReports}") ?? 0)
        );
        fields.RefuseOthers();
        return read;
    }
}
