namespace FunctionTune.Conventions.Tests.Arrows;

/// <summary>Does what the engine may not do.</summary>
internal static class ImpureSample
{
    public static async Task<string> AskAsync(string path, CancellationToken cancellationToken)
    {
        await Task.Delay(1, cancellationToken);
        return await File.ReadAllTextAsync(path, cancellationToken) + DateTimeOffset.UtcNow + Environment.MachineName;
    }
}
