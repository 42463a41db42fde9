using System.Collections.Concurrent;

namespace FunctionTune.Remote.Http;

/// <summary>One connection for each server, so that all studies of this process share its limits. Thread-safe.</summary>
/// <param name="open">Opens a connection.</param>
internal sealed class Connections<T>(Func<Uri, T> open) : IDisposable
    where T : ServiceConnection
{
    private readonly ConcurrentDictionary<Uri, Lazy<T>> _open = new();

    /// <summary>The connection to a server; opened when it is first asked for.</summary>
    public T To(Uri server) => _open.GetOrAdd(server, _ => new Lazy<T>(() => open(server))).Value;

    /// <summary>Closes all of them.</summary>
    public void Dispose()
    {
        foreach (Lazy<T> connection in _open.Values.Where(each => each.IsValueCreated))
        {
            connection.Value.Dispose();
        }
    }
}
