using System.CommandLine;
using FunctionTune.Cli.Output;
using FunctionTune.Studies;

namespace FunctionTune.Cli.Commands;

/// <summary>Every trial of a study.</summary>
internal sealed class TrialsVerb : Verb
{
    /// <summary>How to print the trials.</summary>
    public static Option<string> Format { get; } = CreateFormat();

    public TrialsVerb()
        : base(
            "trials",
            "Print every trial of a study: state, loss, parameters, times, cause of failure.",
            "functiontune trials diabetes",
            "functiontune trials diabetes --format csv > trials.csv  # a column for each parameter",
            "functiontune trials diabetes --format json | jq '.[] | select(.state == \"failed\") | .failure.message'"
        )
    {
        Add(SharedOptions.Id);
        Add(Format);
        Add(SharedOptions.Store);
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var shelf = new Shelf(parsed);
        StudyRecord study = await shelf.RequiredAsync(parsed, cancellationToken).ConfigureAwait(false);
        TextWriter output = parsed.InvocationConfiguration.Output;
        switch (parsed.GetValue(Format))
        {
            case "json":
                TrialsJson.Write(output, study);
                break;
            case "csv":
                TrialsCsv.Write(output, study);
                break;
            default:
                TrialsTable.Write(output, study);
                break;
        }

        return ExitCode.Done;
    }

    private static Option<string> CreateFormat()
    {
        var format = new Option<string>("--format")
        {
            Description = "How to print them.",
            HelpName = "table|json|csv",
            DefaultValueFactory = _ => "table",
        };
        format.AcceptOnlyFromAmong("table", "json", "csv");
        return format;
    }
}
