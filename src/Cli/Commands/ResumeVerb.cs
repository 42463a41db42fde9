using System.CommandLine;
using FunctionTune.Cli.Running;
using FunctionTune.Hosting;
using FunctionTune.Studies;

namespace FunctionTune.Cli.Commands;

/// <summary>Goes on with a study.</summary>
internal sealed class ResumeVerb : Verb
{
    private readonly Suggesters _suggesters;

    public ResumeVerb(Suggesters suggesters)
        : base(
            "resume",
            "Go on with a study that was interrupted, that ended at a limit which is raised now, or whose set-up is put right.",
            "functiontune resume diabetes",
            "functiontune resume diabetes --max-evals 200  # 200 in all, those that ended included"
        )
    {
        _suggesters = suggesters;
        Add(SharedOptions.Id);
        Option[] options =
        [
            LimitOptions.MaxEvals,
            LimitOptions.Parallelism,
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
        using var shelf = new Shelf(parsed, _suggesters);
        StudyRecord study = await shelf.RequiredAsync(parsed, interruption.Token).ConfigureAwait(false);
        study = await new StudyChoice(shelf.Studies)
            .AdjustAsync(study, LimitOptions.Change(parsed), interruption.Token)
            .ConfigureAwait(false);
        if (study.State.Status == StudyStatus.Paused || study.State.Reason == StopReason.Misconfigured)
        {
            await shelf.Studies.ResumeAsync(study.Id, interruption.Token).ConfigureAwait(false);
            study = await shelf.RequiredAsync(parsed, interruption.Token).ConfigureAwait(false);
        }

        return await new StudyRun(shelf, parsed).ToEndAsync(study, interruption).ConfigureAwait(false);
    }
}
