using System.CommandLine;
using FunctionTune.Cli.Files;
using FunctionTune.Cli.Running;
using FunctionTune.Hosting;
using FunctionTune.Studies;

namespace FunctionTune.Cli.Commands;

/// <summary>Runs a study file to its end.</summary>
internal sealed class RunVerb : Verb
{
    private static readonly Option<string> Id = new("--id")
    {
        Description =
            "The study's id; an unfinished study of that id goes on. By default the study's name, numbered when taken.",
        HelpName = "ID",
    };

    private readonly Suggesters _suggesters;

    public RunVerb(Suggesters suggesters)
        : base(
            "run",
            "Run a study to its end, or go on with it where it stopped.",
            "functiontune run study.json",
            "functiontune run study.json --id night --max-evals 500 --parallelism 8",
            "functiontune run study.json --json > result.json  # for scripts"
        )
    {
        _suggesters = suggesters;
        Add(SharedOptions.File);
        Option[] options =
        [
            Id,
            LimitOptions.MaxEvals,
            LimitOptions.Parallelism,
            SharedOptions.Seed,
            LimitOptions.Timeout,
            SharedOptions.Json,
            SharedOptions.Quiet,
            SharedOptions.Store,
        ];
        Array.ForEach(options, Add);
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var interruption = new Interruption();
        StudySpec spec = await StudyFile
            .ReadAsync(parsed.GetRequiredValue(SharedOptions.File), Overrides(parsed), _suggesters, interruption.Token)
            .ConfigureAwait(false);
        using var shelf = new Shelf(parsed, _suggesters);
        spec = shelf.Studies.Complete(spec);
        var creation = new CreationDisplay(
            parsed.InvocationConfiguration.Error,
            parsed.GetValue(SharedOptions.Quiet) || parsed.GetValue(SharedOptions.Json),
            shelf.Time
        );
        creation.Describe(spec.Algo.Name, _suggesters.Describe(spec.Algo, spec.Space));
        var choice = new StudyChoice(shelf.Studies, creation.Creation);
        StudyRecord study = parsed.GetValue(Id) is { } id
            ? await choice.OfAsync(id, spec, interruption.Token).ConfigureAwait(false)
            : await choice.NamedAsync(spec, interruption.Token).ConfigureAwait(false);
        return await new StudyRun(shelf, parsed).ToEndAsync(study, interruption).ConfigureAwait(false);
    }

    private static IEnumerable<KeyValuePair<string, System.Text.Json.Nodes.JsonNode?>> Overrides(ParseResult parsed) =>
        parsed.GetValue(SharedOptions.Seed) is { } seed
            ? [.. LimitOptions.Given(parsed), new("seed", seed)]
            : LimitOptions.Given(parsed);
}
