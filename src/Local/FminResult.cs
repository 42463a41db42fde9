using System.Text.Json.Nodes;
using FunctionTune.Studies;

namespace FunctionTune.Local;

/// <summary>What came of a search.</summary>
/// <param name="Best">The best setting, as the objective received it; hyperopt's answer with <c>return_argmin=False</c>.</param>
/// <param name="Argmin">The best setting by label, values for indices; hyperopt's answer with <c>return_argmin=True</c>.</param>
/// <param name="Loss">The lowest loss.</param>
/// <param name="Trials">All trials.</param>
/// <param name="StopReason">Why the search ended.</param>
/// <param name="Study">The study's id.</param>
public sealed record FminResult(
    Params Best,
    JsonObject Argmin,
    double Loss,
    Trials Trials,
    StopReason StopReason,
    StudyId Study
);
