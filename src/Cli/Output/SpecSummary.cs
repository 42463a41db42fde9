using FunctionTune.Service.Views;
using FunctionTune.Spaces;
using FunctionTune.Studies;

namespace FunctionTune.Cli.Output;

/// <summary>What a study file says, in short.</summary>
internal static class SpecSummary
{
    /// <summary>Writes it.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="spec">What the file says.</param>
    /// <param name="algorithm">Its algorithm in a few words.</param>
    public static void Write(TextWriter output, StudySpec spec, string algorithm)
    {
        output.WriteLine($"A good study file: {spec.Name}");
        output.WriteLine($"  algorithm   {algorithm}, seed {spec.Seed}");
        output.WriteLine($"  limits      {Limits(spec.Limits)}");
        output.WriteLine($"  trial       {Trial(spec.Trial)}");
        foreach ((string name, DataReference data) in spec.Data)
        {
            output.WriteLine($"  data        {name} = {data.Uri}");
        }

        if (!spec.PointsToEvaluate.IsEmpty)
        {
            output.WriteLine($"  tried first {NumberText.Count(spec.PointsToEvaluate.Length, "given point")}");
        }

        output.WriteLine($"  parameters  {spec.Space.Parameters.Length}");
        int width = spec.Space.Parameters.Select(p => p.Label.Length).DefaultIfEmpty(0).Max();
        foreach (SpaceParameter parameter in spec.Space.Parameters)
        {
            string when = parameter.Conditions.IsEmpty ? "" : $"  when {Conditions(spec.Space, parameter)}";
            output.WriteLine($"    {parameter.Label.PadRight(width)}  {DistributionText.Of(parameter.Prior)}{when}");
        }
    }

    private static string Limits(StudyLimits limits)
    {
        string[] parts =
        [
            .. limits.MaxEvals is { } most ? (string[])[NumberText.Count(most, "trial")] : [],
            limits.AutoParallelism ? "as many at once as can be carried" : $"{limits.Parallelism} at once",
            .. limits.Timeout is { } timeout ? (string[])[$"at most {NumberText.Duration(timeout)}"] : [],
            .. limits.LossThreshold is { } loss ? (string[])[$"until the loss is below {NumberText.Full(loss)}"] : [],
            .. limits.NoProgress is { } rule ? (string[])[$"until {rule.Iterations} bring no progress"] : [],
        ];
        return string.Join(", ", parts);
    }

    private static string Trial(TrialSpec trial) =>
        trial switch
        {
            TrialSpec.Process { Project: { } project, Command.IsEmpty: true } => $"the program of {project}",
            TrialSpec.Process { Project: { } project } process =>
                $"{string.Join(' ', process.Command)}, built from {project}",
            TrialSpec.Process process => string.Join(' ', process.Command),
            TrialSpec.Remote remote => $"on {remote.Platform}",
            _ => "a function",
        };

    private static string Conditions(SearchSpace space, SpaceParameter parameter) =>
        string.Join(
            " or ",
            parameter.Conditions.Select(c =>
                $"{space.Parameters[c.Parameter].Label} takes its {NumberText.Ordinal(c.Option + 1)} option"
            )
        );
}
