namespace FunctionTune.Cli.AskTell;

/// <summary>Hands lines to a session and its answers back, one by one.</summary>
internal static class Conversation
{
    /// <summary>Goes on until the input ends. Each answer is flushed before the next line is read.</summary>
    public static async Task RunAsync(
        LineReader lines,
        Stream output,
        AskTellSession session,
        CancellationToken cancellationToken
    )
    {
        while (await lines.ReadAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            ReadOnlyMemory<byte> text = line.Bytes.Trim(" \t\r"u8);
            ReadOnlyMemory<byte> answer =
                line.IsTooLong ? session.Refuse($"A line must be at most {LineReader.MostBytes / 1024} KiB.")
                : text.IsEmpty ? default
                : session.Answer(text);
            if (!answer.IsEmpty)
            {
                await output.WriteAsync(answer, cancellationToken).ConfigureAwait(false);
                output.WriteByte((byte)'\n');
                await output.FlushAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
