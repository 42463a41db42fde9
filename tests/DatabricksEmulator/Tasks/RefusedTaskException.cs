namespace FunctionTune.DatabricksEmulator.Tasks;

/// <summary>A task that cannot be begun.</summary>
/// <param name="code">The termination code.</param>
/// <param name="message">Why.</param>
internal sealed class RefusedTaskException(string code, string message) : Exception(message)
{
    public TaskResult Result => TaskResult.Platform(code, Message);

    public static RefusedTaskException NoFile(string path) =>
        new("RESOURCE_NOT_FOUND", $"Cannot read the python file {path}. Please check driver logs for more details.");

    public static RefusedTaskException NoLibrary(string kind, string path) =>
        new(
            "LIBRARY_INSTALLATION_ERROR",
            $"Library installation failed for library due to user error for {kind}: \"{path}\". "
                + "The file does not exist or cannot be read."
        );
}
