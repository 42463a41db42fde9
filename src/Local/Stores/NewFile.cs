using System.Runtime.InteropServices;

namespace FunctionTune.Local.Stores;

/// <summary>Files that are created once: of several processes that try at the same moment, one succeeds.</summary>
internal static partial class NewFile
{
    private const int Exists = 17;

    /// <summary>Moves a whole draft to its place unless a file is there; the draft is gone afterwards.</summary>
    /// <returns>Whether this draft is the file now.</returns>
    public static bool Publish(string draft, string place)
    {
        // A move that must not replace anything looks first and renames then: two of a crowd get through. A link does not.
        if (!OperatingSystem.IsWindows())
        {
            bool linked = Link(draft, place) == 0;
            if (linked || Marshal.GetLastPInvokeError() == Exists)
            {
                File.Delete(draft);
                return linked;
            }
        }

        try
        {
            // Windows, or a file system that knows no links.
            File.Move(draft, place, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(place))
        {
            File.Delete(draft);
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Link(string existing, string created);
}
