using System.Text.Json;
using FunctionTune.Hosting;
using FunctionTune.Studies;

namespace FunctionTune.Service.Rules;

/// <summary>
/// Everything that is wrong with a study as it was asked for, as far as it can be seen without asking anybody: the same at the
/// service's door and whenever a kept request is read again.
/// </summary>
/// <param name="platforms">What the host offers.</param>
/// <param name="host">What it allows.</param>
/// <param name="suggesters">The algorithms that it knows.</param>
public sealed class StudyRules(TrialPlatforms platforms, HostRules host, Suggesters suggesters)
{
    /// <summary>Reads a study file and checks it.</summary>
    /// <param name="study">The study file.</param>
    public StudySpecReading Read(JsonElement study)
    {
        StudySpecReading reading = StudySpecJson.Read(study);
        if (reading.Spec is null)
        {
            return reading;
        }

        IReadOnlyList<Problem> problems = Check(reading.Spec);
        return problems.Count == 0 ? reading : new StudySpecReading(null, [.. problems]);
    }

    /// <summary>Everything that is wrong with a study.</summary>
    /// <param name="spec">The study.</param>
    public IReadOnlyList<Problem> Check(StudySpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var problems = new List<Problem>(suggesters.Check(spec.Algo, spec.Space, "$.algo"));
        if (spec.Limits.CustomStopRule)
        {
            problems.Add(
                new Problem(
                    "$.earlyStop.custom",
                    "the stop rules of a study file must be data",
                    "true",
                    "A rule in code is given to Fmin.MinimizeAsync."
                )
            );
        }

        problems.AddRange(CeilingRules.Check(spec, host));
        problems.AddRange(PlaceRules.Check(spec, host));
        problems.AddRange(CheckTrial(spec));
        return problems;
    }

    /// <summary>Everything that is wrong with new limits.</summary>
    /// <param name="change">The limits.</param>
    public IReadOnlyList<Problem> Check(LimitsChange change) => [.. CeilingRules.Check(change, host)];

    private IReadOnlyList<Problem> CheckTrial(StudySpec spec)
    {
        string? platform = TrialPlatforms.NameOf(spec.Trial);
        if (platform is null)
        {
            return
            [
                new Problem(
                    "$.trial",
                    "the trial of a study file must be a program",
                    Hint: "Functions are tuned from C#, by Fmin.MinimizeAsync."
                ),
            ];
        }

        string[] known =
        [
            .. platforms.Names.Where(name => host.Platforms?.Contains(name, StringComparer.Ordinal) ?? true),
        ];
        return known.Contains(platform, StringComparer.Ordinal)
            ? platforms.Check(spec)
            :
            [
                new Problem(
                    "$.trial",
                    "this host carries out the trial",
                    $"'{platform}'",
                    $"It knows {string.Join(", ", known)}."
                ),
            ];
    }
}
