namespace FunctionTune.Staging;

/// <summary>
/// A tree of files that hosts and trials both reach: a folder, a part of a blob container, a volume. Paths are relative,
/// <c>/</c> separated, without <c>.</c> and <c>..</c>. Members may be called from several threads and processes at once.
/// </summary>
public interface IStagingArea
{
    /// <summary>The lasting name of a file, a path or a URI without any permission in it; may be written down.</summary>
    /// <param name="path">The file or folder; it need not be there yet. Empty for the area itself.</param>
    string AddressOf(string path);

    /// <summary>
    /// The place of a file as a trial is told it: its address, or one that carries a permission for a limited time, and is not
    /// to be written down.
    /// </summary>
    /// <param name="path">The file; it need not be there yet.</param>
    /// <param name="use">What the trial will do with it; a place that carries its own permission grants no more.</param>
    string UriOf(string path, StagingUse use);

    /// <summary>Writes a small file, whole or not at all, unless it is there already.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>Whether it was written, by this call or an earlier try of it; false when another file is there.</returns>
    Task<bool> CreateAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>Reads a file from a position on.</summary>
    /// <param name="path">The file.</param>
    /// <param name="from">The first byte to read. Range: at least 0.</param>
    /// <param name="most">The most bytes to read, so that a file that grew too large does no harm. Range: at least 1.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The bytes, none when the file ends before them; null when there is no such file.</returns>
    Task<ReadOnlyMemory<byte>?> ReadAsync(string path, long from, int most, CancellationToken cancellationToken);

    /// <summary>
    /// Uploads a file of any size in constant memory, whole or not at all; does nothing when it is there. An upload that was
    /// interrupted goes on where it stopped, as far as the area can.
    /// </summary>
    /// <param name="path">Where to.</param>
    /// <param name="file">What.</param>
    /// <param name="sent">Told the bytes that have arrived so far.</param>
    /// <param name="cancellationToken">Interrupts the upload.</param>
    /// <exception cref="FunctionTuneException">The file no longer holds the bytes of its SHA-256; nothing is there.</exception>
    Task UploadAsync(string path, SourceFile file, IProgress<long>? sent, CancellationToken cancellationToken);
}
