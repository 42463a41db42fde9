using FunctionTune.Service.Views;
using FunctionTune.Studies;

namespace FunctionTune.Cli.Output;

/// <summary>Trials as a JSON array.</summary>
internal static class TrialsJson
{
    /// <summary>Prints the array, one trial a line; the text is never held whole.</summary>
    public static void Write(TextWriter output, StudyRecord study)
    {
        output.Write('[');
        string before = "\n  ";
        foreach (TrialRecord trial in study.Trials)
        {
            output.Write(before);
            output.Write(TrialEntry.Of(study, trial).ToJsonString(StudyJson.Options));
            before = ",\n  ";
        }

        output.WriteLine(study.Trials.Count > 0 ? "\n]" : "]");
    }
}
