namespace FunctionTune.DatabricksEmulator.Tasks;

/// <summary>Finds the exception in what a program wrote to its standard error.</summary>
internal static class UserFault
{
    private const string PythonTrace = "Traceback (most recent call last):";
    private const string JavaTrace = "Exception in thread \"main\" ";

    /// <summary>The result of a program that ended with an exit code other than 0.</summary>
    public static TaskResult Of(int exitCode, string error, string logs)
    {
        int java = error.LastIndexOf(JavaTrace, StringComparison.Ordinal);
        if (java >= 0)
        {
            string trace = error[(java + JavaTrace.Length)..].TrimEnd();
            return TaskResult.UserError(trace.Split('\n')[0].TrimEnd(), trace, logs);
        }

        int python = error.LastIndexOf(PythonTrace, StringComparison.Ordinal);
        if (python >= 0)
        {
            string trace = error[python..].TrimEnd();
            return TaskResult.UserError(trace[(trace.LastIndexOf('\n') + 1)..], trace, logs);
        }

        return TaskResult.UserError(FormattableString.Invariant($"SystemExit: {exitCode}"), error.TrimEnd(), logs);
    }
}
