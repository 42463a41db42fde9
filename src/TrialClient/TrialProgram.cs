using FunctionTune.TrialClient.Places;

namespace FunctionTune.TrialClient;

/// <summary>Carries out what a program was started for: a trial, or a batch of trials.</summary>
internal static class TrialProgram
{
    public static Trial Open(string place, PlaceOpener places)
    {
        var file = TrialFile.Read(place, places);
        return file.Trials is null
            ? new(file)
            : throw new TrialException(
                $"A batch holds several trials, and {PlaceName.Shown(place)} is one: a program that opens one trial by hand "
                    + "cannot carry it out. Call Trial.Run, which takes the trials in turn; or set trialsPerRun to 1 in the study file."
            );
    }

    public static int Run(Action<Trial> program, PlaceOpener places)
    {
        try
        {
            var file = TrialFile.Read(TrialPlace.OfThisProgram(), places);
            return file.Trials is { } trials ? RunBatch(trials, program, places)
                : CarryOut(new(file), program) ? 0
                : 1;
        }
        catch (Exception exception)
        {
            Console.Error.WriteLine(exception);
            return 1;
        }
    }

    private static int RunBatch(IReadOnlyList<string> trials, Action<Trial> program, PlaceOpener places)
    {
        int exitCode = 0;
        foreach (string place in trials)
        {
            try
            {
                Trial trial = new(TrialFile.Read(place, places));
                if (!trial.IsStopped && !CarryOut(trial, program) && !trial.HasResult && !trial.IsStopped)
                {
                    exitCode = 1;
                }
            }
            catch (Exception exception)
            {
                // The trial file cannot be read, or the result cannot be written: the others may fare better.
                Console.Error.WriteLine(exception);
                exitCode = 1;
            }
        }

        return exitCode;
    }

    private static bool CarryOut(Trial trial, Action<Trial> program)
    {
        if (trial.HasResult)
        {
            Console.Error.WriteLine("functiontune: the trial has its result already and is not carried out again");
            return true;
        }

        try
        {
            program(trial);
            return trial.IsAnswered
                ? true
                : throw new TrialException(
                    "A trial must have a result, but the program ended without. Call Succeed or Fail."
                );
        }
        catch (Exception exception)
        {
            // The host keeps what a trial prints: the trace is there also when there is no place for a result.
            Console.Error.WriteLine(exception);
            if (!trial.IsAnswered && !trial.IsStopped)
            {
                trial.Fail(exception);
            }

            return false;
        }
    }
}
