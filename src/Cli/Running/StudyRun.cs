using System.CommandLine;
using FunctionTune.Cli.Commands;
using FunctionTune.Cli.Output;
using FunctionTune.Cli.Progress;
using FunctionTune.Local.Stores;
using FunctionTune.Service.Views;
using FunctionTune.Studies;

namespace FunctionTune.Cli.Running;

/// <summary>Takes a study to its end before the user's eyes.</summary>
/// <param name="shelf">Where the study is.</param>
/// <param name="parsed">The command line: how much to show, and where.</param>
internal sealed class StudyRun(Shelf shelf, ParseResult parsed)
{
    private readonly bool _json = parsed.GetValue(SharedOptions.Json);

    /// <summary>Runs the study, unless it is over, and shows the result.</summary>
    /// <param name="study">The study.</param>
    /// <param name="interruption">The user's wish to stop.</param>
    public async Task<ExitCode> ToEndAsync(StudyRecord study, Interruption interruption)
    {
        if (!study.State.IsOver)
        {
            try
            {
                study = await RunAsync(study, interruption.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
            {
                return await InterruptedAsync(study.Id).ConfigureAwait(false);
            }
            catch (FunctionTuneException fault)
                when (study.Spec.Trial is TrialSpec.Remote && fault is not (InvalidInputException or StudyBusyException)
                )
            {
                string goOn = $"Nothing finished is lost. When that is put right, go on with: {ResumeLine(study.Id)}";
                throw new FunctionTuneException(fault.Message, goOn, fault);
            }
        }

        StudyView view = shelf.View(study);
        Show(view);
        if (study.State.Best is not null)
        {
            return ExitCode.Done;
        }

        await parsed.InvocationConfiguration.Error.WriteLineAsync(Cause(study)).ConfigureAwait(false);
        return ExitCode.NothingSucceeded;
    }

    private async Task<StudyRecord> RunAsync(StudyRecord study, CancellationToken cancellationToken)
    {
        if (!_json && !parsed.GetValue(SharedOptions.Quiet))
        {
            await parsed.InvocationConfiguration.Output.WriteLineAsync(Opening(study)).ConfigureAwait(false);
        }

        IProgressDisplay display = Displays.For(parsed, shelf.Time);
        await using (display.ConfigureAwait(false))
        {
            return await shelf.Studies.RunAsync(study.Id, display.Show, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<ExitCode> InterruptedAsync(StudyId id)
    {
        StudyRecord? study = await shelf.Studies.ReadAsync(id, CancellationToken.None).ConfigureAwait(false);
        TextWriter error = parsed.InvocationConfiguration.Error;
        await error
            .WriteLineAsync($"Interrupted; {StudySummary.Counts(study!.State)}. Nothing finished is lost.")
            .ConfigureAwait(false);
        if (!study!.State.Live.IsEmpty)
        {
            string left = NumberText.Count(study.State.Live.Count, "trial");
            await error
                .WriteLineAsync($"{left} under way elsewhere; to stop: functiontune cancel {id} --store {Store}")
                .ConfigureAwait(false);
        }

        await error.WriteLineAsync($"Go on with: {ResumeLine(id)}").ConfigureAwait(false);
        if (_json)
        {
            OutputJson.Write(parsed.InvocationConfiguration.Output, StudyDocument.Of(shelf.View(study)));
        }

        return ExitCode.Interrupted;
    }

    private void Show(StudyView view)
    {
        TextWriter output = parsed.InvocationConfiguration.Output;
        if (_json)
        {
            OutputJson.Write(output, StudyDocument.Of(view));
        }
        else
        {
            StudySummary.Write(output, view);
        }
    }

    private string Opening(StudyRecord study)
    {
        string begun = study.State.NextTrial == 0 ? "" : $", going on after {StudySummary.Counts(study.State)}";
        string built = study.Spec.Trial is TrialSpec.Process { Project: { } project }
            ? $"; builds {project} first"
            : "";
        return $"Study '{study.Id}' in {shelf.Store}{begun}{built}";
    }

    private static string Cause(StudyRecord study) =>
        StudyFailures.Summary(study) ?? $"No trial succeeded: {StudySummary.Counts(study.State)}.";

    private string Store => shelf.Store.Contains(' ', StringComparison.Ordinal) ? $"\"{shelf.Store}\"" : shelf.Store;

    private string ResumeLine(StudyId id) => $"functiontune resume {id} --store {Store}";
}
