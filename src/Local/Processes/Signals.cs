using System.Runtime.InteropServices;

namespace FunctionTune.Local.Processes;

/// <summary>Signals of POSIX: sending them, and naming those that an exit code tells of.</summary>
internal static partial class Signals
{
    public const int Kill = 9;

    public const int Terminate = 15;

    private const int ExitCodeBase = 128;

    private static readonly Dictionary<int, string> Names = new()
    {
        [1] = "SIGHUP",
        [2] = "SIGINT",
        [3] = "SIGQUIT",
        [4] = "SIGILL",
        [5] = "SIGTRAP",
        [6] = "SIGABRT",
        [7] = "SIGBUS",
        [8] = "SIGFPE",
        [9] = "SIGKILL",
        [11] = "SIGSEGV",
        [13] = "SIGPIPE",
        [15] = "SIGTERM",
        [24] = "SIGXCPU",
        [25] = "SIGXFSZ",
        [31] = "SIGSYS",
    };

    /// <summary>What a program does to itself; everything else comes from outside.</summary>
    private static readonly HashSet<int> OwnFaults = [4, 5, 6, 7, 8, 11, 13, 31];

    /// <summary>Sends a signal; a process that is gone already is no error.</summary>
    public static void Send(int process, int signal) => _ = SendNative(process, signal);

    /// <summary>The name of the signal that an exit code tells of; null when it tells of none.</summary>
    public static string? NameIn(int exitCode) => Names.GetValueOrDefault(exitCode - ExitCodeBase);

    /// <summary>Whether an exit code tells that the process was killed from outside.</summary>
    public static bool TellsOfKill(int exitCode) =>
        NameIn(exitCode) is not null && !OwnFaults.Contains(exitCode - ExitCodeBase);

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SendNative(int process, int signal);
}
