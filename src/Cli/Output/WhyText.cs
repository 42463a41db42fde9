using FunctionTune.History;
using FunctionTune.Studies;

namespace FunctionTune.Cli.Output;

/// <summary>Why a trial's point was suggested, for people.</summary>
internal static class WhyText
{
    /// <summary>Prints what is known.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="study">The study.</param>
    /// <param name="trial">The trial, with all reasons.</param>
    public static void Write(TextWriter output, StudyRecord study, SuggestedTrial trial)
    {
        string parameters = ParameterText.Line(study.Spec.Space, study.Spec.Space.FromLabels(trial.Point));
        output.WriteLine($"Trial {trial.Number}, suggested by {trial.Source}: {parameters}");
        if (trial.Reason is { } reason)
        {
            output.WriteLine($"  {trial.Source}: {reason}");
        }

        if (trial.Why is not { } why)
        {
            output.WriteLine("  No more is known: it was given, or drawn at random, or the algorithm does not say.");
            return;
        }

        if (why.Score is { } score)
        {
            output.WriteLine($"  score     {NumberText.Short(score)}, the highest of the candidates");
        }

        if (why.Mean is { } mean)
        {
            string deviation = why.Deviation is { } d ? $", give or take {NumberText.Short(d)}" : "";
            output.WriteLine($"  forecast  a loss of {NumberText.Short(mean)}{deviation}");
        }

        WriteDensities(output, why);
        foreach (int number in why.Trials)
        {
            WriteTrial(output, study, number);
        }
    }

    private static void WriteDensities(TextWriter output, Explanation why)
    {
        if (why.Densities.IsEmpty)
        {
            return;
        }

        var table = new TextTable(["  DENSITY OF", "LOG AMONG GOOD", "LOG AMONG OTHERS"], 1, 2);
        foreach (LabelDensity density in why.Densities)
        {
            table.Add($"  {density.Label}", Text(density.LogGood), Text(density.LogOther));
        }

        table.Write(output, TerminalWidth.OfOutput());
    }

    private static void WriteTrial(TextWriter output, StudyRecord study, int number)
    {
        if (number < study.Trials.Count)
        {
            TrialRecord known = study.Trials[number];
            string loss = known.Loss is { } value ? $"loss {NumberText.Short(value)}" : "no loss";
            string parameters = ParameterText.Line(study.Spec.Space, known.Point);
            output.WriteLine($"  because of trial {number}: {loss}, {parameters}");
        }
    }

    private static string Text(double? value) => value is { } number ? NumberText.Short(number) : "none";
}
