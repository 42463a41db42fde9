using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionTune.Hosting;
using FunctionTune.Studies;

namespace FunctionTune.Cli.Output;

/// <summary>What came out when the suggestions of a study were computed again.</summary>
/// <param name="study">The study.</param>
internal sealed class ReplayReport(StudyRecord study)
{
    /// <summary>How many differences are shown.</summary>
    private const int MostShown = 20;

    private readonly List<ReplayDifference> _shown = [];
    private readonly HashSet<int> _different = [];
    private int _requests;
    private int _trials;
    private int _given;
    private (SuggestedTrial Computed, long Seen)? _asked;

    /// <summary>Whether everything is equal to the last bit.</summary>
    public bool IsEqual => _different.Count == 0;

    /// <summary>Takes in one suggestion.</summary>
    /// <param name="suggestion">The suggestion.</param>
    /// <param name="trial">The only trial of it that is of interest; null for all.</param>
    public void Add(ReplayedSuggestion suggestion, int? trial = null)
    {
        _requests++;
        foreach (SuggestedTrial logged in suggestion.Logged.Trials.Where(t => (trial ?? t.Number) == t.Number))
        {
            _trials++;
            _given += string.Equals(logged.Source, SuggestStep.Given, StringComparison.Ordinal) ? 1 : 0;
        }

        foreach (ReplayDifference difference in suggestion.Differences.Where(d => (trial ?? d.Trial) == d.Trial))
        {
            _different.Add(difference.Trial);
            if (_shown.Count < MostShown)
            {
                _shown.Add(difference);
            }
        }

        if (suggestion.Computed.FirstOrDefault(t => t.Number == trial) is { } asked)
        {
            _asked = (asked, suggestion.Logged.Seen);
        }
    }

    public JsonObject ToJson(bool why)
    {
        var document = new JsonObject
        {
            ["id"] = study.Id.ToString(),
            ["equal"] = IsEqual,
            ["requests"] = _requests,
            ["trials"] = _trials,
            ["given"] = _given,
            ["different"] = _different.Count,
            ["differences"] = Node(_shown),
        };
        if (why && _asked is ({ } trial, var seen))
        {
            document["trial"] = trial.Number;
            document["seen"] = seen;
            document["source"] = trial.Source;
            document["sourceReason"] = trial.Reason;
            document["params"] = study.Spec.Space.Evaluate(study.Spec.Space.FromLabels(trial.Point));
            document["why"] = Node(trial.Why);
        }

        return document;
    }

    public void Write(TextWriter output, bool why)
    {
        string trials = NumberText.Count(_trials, "trial");
        string given = _given > 0 ? $", {_given} of them given by the user" : "";
        if (IsEqual)
        {
            string requests = NumberText.Count(_requests, "request");
            output.WriteLine(
                $"Study '{study.Id}': {trials} in {requests}{given}; all come out again, to the last bit."
            );
        }
        else
        {
            output.WriteLine($"Study '{study.Id}': of {trials}{given} {_different.Count} come out otherwise.");
            WriteDifferences(output);
            output.WriteLine(
                "The log was changed, or it was written by another version, an algorithm that was changed since, or on another "
                    + "type of machine."
            );
        }

        if (why && _asked is ({ } trial, _))
        {
            output.WriteLine();
            WhyText.Write(output, study, trial);
        }
    }

    private void WriteDifferences(TextWriter output)
    {
        var table = new TextTable(["TRIAL", "WHAT", "LOGGED", "COMPUTED"], 0);
        foreach (ReplayDifference difference in _shown)
        {
            string number = difference.Trial.ToString(CultureInfo.InvariantCulture);
            table.Add(number, difference.What, difference.Logged, difference.Computed);
        }

        table.Write(output, TerminalWidth.OfOutput());
    }

    private static JsonNode? Node<T>(T value) => JsonSerializer.SerializeToNode(value, StudyJson.Options);
}
