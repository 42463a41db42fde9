using System.Globalization;
using FunctionTune.History;
using FunctionTune.Service.Views;
using FunctionTune.Studies;

namespace FunctionTune.Cli.Output;

/// <summary>Trials as a table for people.</summary>
internal static class TrialsTable
{
    public static void Write(TextWriter output, StudyRecord study)
    {
        var table = new TextTable(["TRIAL", "STATE", "LOSS", "TOOK", "PARAMETERS"], 0, 2, 3);
        foreach (TrialRecord trial in study.Trials)
        {
            string cause = trial.State == TrialState.Succeeded ? "" : TrialCause.Message(trial) ?? "";
            string parameters = ParameterText.Line(study.Spec.Space, trial.Point);
            table.Add(
                trial.Number.ToString(CultureInfo.InvariantCulture),
                StatusText.Camel(trial.State),
                trial.Loss is { } loss ? NumberText.Short(loss) : "-",
                trial.Duration is { } time ? NumberText.Duration(time) : "-",
                cause.Length > 0 ? $"{parameters}  ({cause})" : parameters
            );
        }

        table.Write(output, TerminalWidth.OfOutput());
    }
}
