using FunctionTune.Cli.Output;
using FunctionTune.Local;
using FunctionTune.Staging;

namespace FunctionTune.Cli.Running;

/// <summary>Tells on standard error what happens before a study exists: data on its way, and what people should know.</summary>
/// <param name="error">Standard error.</param>
/// <param name="quiet">Whether to keep silent about data.</param>
/// <param name="time">The clock.</param>
internal sealed class CreationDisplay(TextWriter error, bool quiet, TimeProvider time) : IProgress<StagingProgress>
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private DateTimeOffset _at = time.GetUtcNow();

    /// <summary>What <see cref="LocalStudies.CreateAsync"/> is handed.</summary>
    public StudyCreation Creation =>
        new() { Staging = quiet ? null : this, Warning = text => error.WriteLine($"warning: {text}") };

    /// <summary>Says how the space is searched when there is more to say than the algorithm's name.</summary>
    /// <param name="name">The algorithm's name.</param>
    /// <param name="description">The algorithm in a few words.</param>
    public void Describe(string name, string description)
    {
        if (!quiet && !string.Equals(name, description, StringComparison.Ordinal))
        {
            error.WriteLine($"algorithm: {description}");
        }
    }

    /// <summary>Writes a line a second at most; what is staged within a second is not worth a word.</summary>
    public void Report(StagingProgress value)
    {
        lock (_gate)
        {
            DateTimeOffset now = time.GetUtcNow();
            if (now - _at >= Pause)
            {
                _at = now;
                error.WriteLine(
                    $"staging {value.Name}: {NumberText.Bytes(value.Sent)} of {NumberText.Bytes(value.Bytes)}"
                );
            }
        }
    }
}
