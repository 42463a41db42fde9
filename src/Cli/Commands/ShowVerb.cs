using System.CommandLine;
using FunctionTune.Cli.Output;
using FunctionTune.Service.Views;
using FunctionTune.Studies;

namespace FunctionTune.Cli.Commands;

/// <summary>One study: best parameters, counts, stop reason, hints.</summary>
internal sealed class ShowVerb : Verb
{
    public ShowVerb()
        : base(
            "show",
            "Show a study: best parameters, counts by state, stop reason, hints.",
            "functiontune show diabetes",
            "functiontune show diabetes --json"
        )
    {
        Add(SharedOptions.Id);
        Add(SharedOptions.Json);
        Add(SharedOptions.Store);
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var shelf = new Shelf(parsed);
        StudyRecord study = await shelf.RequiredAsync(parsed, cancellationToken).ConfigureAwait(false);
        StudyView view = shelf.View(study);
        TextWriter output = parsed.InvocationConfiguration.Output;
        if (parsed.GetValue(SharedOptions.Json))
        {
            OutputJson.Write(output, StudyDocument.Of(view));
        }
        else
        {
            StudySummary.Write(output, view);
        }

        return ExitCode.Done;
    }
}
