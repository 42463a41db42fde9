using System.CommandLine;
using FunctionTune.Cli.Files;
using FunctionTune.Cli.Output;
using FunctionTune.Hosting;
using FunctionTune.Service.Views;
using FunctionTune.Studies;

namespace FunctionTune.Cli.Commands;

/// <summary>Checks a study file and starts nothing.</summary>
internal sealed class ValidateVerb : Verb
{
    private readonly Suggesters _suggesters;

    public ValidateVerb(Suggesters suggesters)
        : base(
            "validate",
            "Check a study file: every problem is listed, nothing is started, nothing is written.",
            "functiontune validate study.json",
            "functiontune validate study.json --json  # for an editor or a script"
        )
    {
        _suggesters = suggesters;
        Add(SharedOptions.File);
        Add(SharedOptions.Json);
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string file = parsed.GetRequiredValue(SharedOptions.File);
        StudySpec spec = await StudyFile.ReadAsync(file, [], _suggesters, cancellationToken).ConfigureAwait(false);
        using var studies = new Local.LocalStudies(".", platforms: Composition.Platforms());
        IReadOnlyList<Problem> problems = studies.Check(spec);
        if (problems.Count > 0)
        {
            throw new InvalidInputException([.. problems]);
        }

        TextWriter output = parsed.InvocationConfiguration.Output;
        if (parsed.GetValue(SharedOptions.Json))
        {
            OutputJson.Write(output, SpecDocument.Of(spec));
        }
        else
        {
            SpecSummary.Write(output, spec, _suggesters.Describe(spec.Algo, spec.Space));
        }

        return ExitCode.Done;
    }
}
