namespace FunctionTune.Testing.Hosting;

/// <summary>Trials of the contract as Python programs, for everything that runs Python.</summary>
public static class PythonTrials
{
    /// <summary>A program that behaves so.</summary>
    public static string Program(TrialBehaviour behaviour) =>
        behaviour switch
        {
            TrialBehaviour.Succeeds => """
                import functiontune

                functiontune.run(lambda params: 0.5)
                """,
            TrialBehaviour.Reports => """
                import functiontune


                def objective(params):
                    for step, loss in enumerate([4, 2, 1]):
                        functiontune.current_trial().report(step, loss=loss)
                    return 0.5


                functiontune.run(objective)
                """,
            TrialBehaviour.Fails => """
                raise ValueError("a trial that fails")
                """,
            _ => """
                import time

                while True:
                    time.sleep(100)
                """,
        };
}
