using System.CommandLine;
using System.Globalization;
using FunctionTune.Cli.Output;
using FunctionTune.Cli.Running;
using FunctionTune.Hosting;
using FunctionTune.Studies;

namespace FunctionTune.Cli.Commands;

/// <summary>Computes every suggestion of a study again and compares.</summary>
internal sealed class ReplayVerb : Verb
{
    private static readonly Option<int?> Trial = new("--trial")
    {
        Description = "Only the suggestion that brought this trial.",
        HelpName = "N",
    };

    private static readonly Option<bool> Why = new("--why")
    {
        Description = "Show why the trial's point was suggested, whether or not the log keeps it. Needs --trial.",
    };

    private readonly Suggesters _suggesters;

    public ReplayVerb(Suggesters suggesters)
        : base(
            "replay",
            "Compute every suggestion of a study again from its log, and compare to the last bit.",
            "functiontune replay diabetes",
            "functiontune replay diabetes --trial 17 --why  # what the 18th point rests on"
        )
    {
        _suggesters = suggesters;
        Add(SharedOptions.Id);
        Add(Trial);
        Add(Why);
        Add(SharedOptions.Json);
        Add(SharedOptions.Store);
        Validators.Add(result =>
        {
            if (result.GetValue(Why) && result.GetValue(Trial) is null)
            {
                result.AddError("--why needs --trial N.");
            }
        });
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var interruption = new Interruption();
        using var shelf = new Shelf(parsed, _suggesters);
        StudyRecord study = await shelf.RequiredAsync(parsed, interruption.Token).ConfigureAwait(false);
        StudyLog log = await shelf.Studies.Store.ReadAsync(study.Id, 0, interruption.Token).ConfigureAwait(false);
        var report = new ReplayReport(study);
        if (parsed.GetValue(Trial) is { } trial)
        {
            report.Add(
                StudyReplay.Explain(log.Events, _suggesters, trial) ?? throw NoTrial(trial, study.Trials.Count),
                trial
            );
        }
        else
        {
            foreach (ReplayedSuggestion suggestion in StudyReplay.Play(log.Events, _suggesters))
            {
                if (interruption.Token.IsCancellationRequested)
                {
                    return ExitCode.Interrupted;
                }

                report.Add(suggestion);
            }
        }

        TextWriter output = parsed.InvocationConfiguration.Output;
        if (parsed.GetValue(SharedOptions.Json))
        {
            OutputJson.Write(output, report.ToJson(parsed.GetValue(Why)));
        }
        else
        {
            report.Write(output, parsed.GetValue(Why));
        }

        return report.IsEqual ? ExitCode.Done : ExitCode.Different;
    }

    private static InvalidInputException NoTrial(int trial, int count) =>
        new([
            new Problem(
                "--trial",
                "the trial must exist",
                trial.ToString(CultureInfo.InvariantCulture),
                count == 0 ? "No trial was suggested yet." : $"There are trials 0 to {count - 1}."
            ),
        ]);
}
