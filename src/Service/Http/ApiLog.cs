using Microsoft.Extensions.Logging;

namespace FunctionTune.Service.Http;

/// <summary>What the API tells those who run it.</summary>
internal static partial class ApiLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "{Endpoint}: a study's log is damaged: {Fault}")]
    public static partial void Damaged(ILogger log, string endpoint, string fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Endpoint}: what it needs cannot be reached: {Fault}")]
    public static partial void Unreachable(ILogger log, string endpoint, string fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Endpoint}: an unexpected error")]
    public static partial void Failed(ILogger log, string endpoint, Exception fault);
}
