namespace FunctionTune.Remote.Databricks.Login;

/// <summary>Who calls a workspace. Thread-safe.</summary>
internal abstract class WorkspaceLogin
{
    /// <summary>Adds to a request what shows who calls.</summary>
    /// <exception cref="DatabricksException">No token is to be had.</exception>
    public abstract ValueTask SignAsync(HttpRequestMessage request, CancellationToken cancellationToken);

    /// <summary>Lets go of a token that was refused.</summary>
    /// <returns>Whether the next one may be another.</returns>
    public abstract bool Forget();
}
