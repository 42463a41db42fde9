using System.CommandLine;
using FunctionTune.Cli.Output;
using FunctionTune.Service.Views;
using FunctionTune.Studies;

namespace FunctionTune.Cli.Commands;

/// <summary>Ends a study, also one that another process runs.</summary>
internal sealed class CancelVerb : Verb
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public CancelVerb()
        : base(
            "cancel",
            "End a study and its trials under way, also from another terminal. What has finished is kept.",
            "functiontune cancel diabetes"
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
        TextWriter output = parsed.InvocationConfiguration.Output;
        bool json = parsed.GetValue(SharedOptions.Json);
        if (study.State.IsOver && !json)
        {
            await output.WriteLineAsync($"Study '{study.Id}' is over already.").ConfigureAwait(false);
        }
        else if (!study.State.IsOver)
        {
            await shelf.Studies.CancelAsync(study.Id, cancellationToken).ConfigureAwait(false);
            study = await EndOfAsync(shelf, study, cancellationToken).ConfigureAwait(false);
        }

        if (json)
        {
            OutputJson.Write(output, StudyDocument.Of(shelf.View(study)));
        }
        else
        {
            StudySummary.Write(output, shelf.View(study));
        }

        return ExitCode.Done;
    }

    private static async Task<StudyRecord> EndOfAsync(
        Shelf shelf,
        StudyRecord study,
        CancellationToken cancellationToken
    )
    {
        // A service takes its time until a run is gone for certain.
        TimeSpan longest = study.Spec.Trial is TrialSpec.Remote ? TimeSpan.FromMinutes(10) : TimeSpan.FromSeconds(30);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(longest);
        try
        {
            while (!study.State.IsOver)
            {
                await Task.Delay(Pause, shelf.Time, patience.Token).ConfigureAwait(false);
                study = await shelf.Studies.ReadAsync(study.Id, patience.Token).ConfigureAwait(false) ?? study;
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new FunctionTuneException(
                $"Study '{study.Id}' was asked to end, but has not ended after {longest.TotalSeconds} seconds.",
                "It ends when its trials have stopped."
            );
        }

        return study;
    }
}
