using Microsoft.Extensions.Logging;

namespace FunctionTune.Testing.Durable;

/// <summary>What orchestrations log.</summary>
internal sealed class HubLines : ILogger
{
    private readonly List<string> _written = [];

    public IReadOnlyList<string> Written => _written;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    ) => _written.Add(formatter(state, exception));
}
