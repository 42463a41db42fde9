namespace FunctionTune.Remote.Http;

/// <summary>Who calls a service. Thread-safe.</summary>
internal abstract class ServiceLogin
{
    /// <summary>Adds to a request what shows who calls.</summary>
    /// <exception cref="ServiceException">No token is to be had.</exception>
    public abstract ValueTask SignAsync(HttpRequestMessage request, CancellationToken cancellationToken);

    /// <summary>Lets go of a token that was refused.</summary>
    /// <returns>Whether the next one may be another.</returns>
    public abstract bool Forget();
}
