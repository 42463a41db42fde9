namespace FunctionTune.Local.Stores;

/// <summary>Says in the user's words what the file system refused.</summary>
internal static class FileFault
{
    private static readonly int[] Locked = [11, 35, unchecked((int)0x80070020), unchecked((int)0x80070021)];
    private static readonly int[] Full = [28, 122, unchecked((int)0x80070070), unchecked((int)0x80070027)];

    /// <summary>Whether a file could not be opened because somebody else holds it.</summary>
    public static bool IsLocked(IOException fault) => Locked.Contains(fault.HResult);

    /// <summary>Whether <paramref name="fault"/> came from the file system.</summary>
    public static bool IsOne(Exception fault) => fault is IOException or UnauthorizedAccessException;

    /// <summary>The fault for the user.</summary>
    /// <param name="what">What was to be done, as the beginning of a sentence: "Study 'x' could not be written".</param>
    /// <param name="path">The file or folder.</param>
    /// <param name="fault">What the file system said.</param>
    public static FunctionTuneException Of(string what, string path, Exception fault)
    {
        string message = $"{what} ('{path}'): {fault.Message}";
        string hint = fault switch
        {
            UnauthorizedAccessException => "Give this user the right to write there, or choose another folder.",
            DirectoryNotFoundException or FileNotFoundException =>
                "Its folder is gone: restore it, or run the study under a new id.",
            IOException e when Full.Contains(e.HResult) =>
                "Make room on that disk, then run the study again: it goes on.",
            _ => "Mend the cause, then run the study again: it goes on.",
        };
        return new FunctionTuneException(message, hint, fault);
    }
}
