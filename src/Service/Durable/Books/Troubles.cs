using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace FunctionTune.Service.Durable.Books;

/// <summary>What kept some of several pieces of work from being done, while the others are taken in.</summary>
internal sealed class Troubles
{
    private readonly ConcurrentQueue<FunctionTuneException> _troubles = new();

    /// <summary>Does a piece of work.</summary>
    /// <returns>What came of it; null when something kept it from being done.</returns>
    public async Task<T?> CatchAsync<T>(Func<Task<T>> work)
        where T : class
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (FunctionTuneException trouble)
        {
            _troubles.Enqueue(trouble);
            return null;
        }
    }

    /// <summary>Passes on the first trouble, if there was one.</summary>
    public void ThrowFirst()
    {
        if (_troubles.TryPeek(out FunctionTuneException? first))
        {
            ExceptionDispatchInfo.Throw(first);
        }
    }
}
