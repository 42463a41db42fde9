using FunctionTune.Studies;
using Microsoft.Extensions.Logging;

namespace FunctionTune.Cli.Serving;

/// <summary>What the service tells the one who started it.</summary>
internal static partial class ServingLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Study '{Study}' waits: {Trouble}")]
    public static partial void Trouble(ILogger log, StudyId study, string trouble);
}
