namespace FunctionTune.TrialClient.Places;

/// <summary>What a blob service gave.</summary>
internal sealed class WebAnswer(byte[] content, long? length)
{
    public byte[] Content { get; } = content;

    /// <summary>The blob's size, also where its content was not asked for.</summary>
    public long? Length { get; } = length;
}
