using System.Diagnostics;

namespace FunctionTune.Local.Processes;

/// <summary>
/// All processes of an attempt: its program, everything in the program's session, everything that descends from them, and
/// everything whose environment names the attempt's trial file, so that a daemon that left the tree is found too.
/// </summary>
/// <param name="table">Where to look.</param>
/// <param name="mark">The attempt's trial file.</param>
/// <param name="root">The program; null when this process did not start it.</param>
internal sealed class AttemptProcesses(ProcessTable table, string mark, Process? root)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly int _root = root?.Id ?? -1;

    /// <summary>Asks them to end, kills those that have not ended after a while, and returns when none is left.</summary>
    /// <param name="grace">The while; zero to kill at once.</param>
    /// <returns>Processes that nothing can kill, such as those of another user; as a rule none.</returns>
    public async Task<IReadOnlyList<int>> EndAsync(TimeSpan grace)
    {
        if (!OperatingSystem.IsLinux())
        {
            root?.Kill(entireProcessTree: true);
            return [];
        }

        var asked = new HashSet<(int, long)>();
        long begin = Stopwatch.GetTimestamp();
        for (int wait = 5; ; wait = Math.Min(2 * wait, 100))
        {
            List<ProcessEntry> alive = Mine(await table.LookAsync().ConfigureAwait(false));
            TimeSpan passed = Stopwatch.GetElapsedTime(begin);
            if (alive.Count == 0 || passed > grace + Patience)
            {
                return alive.ConvertAll(process => process.Id);
            }

            foreach (ProcessEntry process in alive)
            {
                if (passed >= grace)
                {
                    Signals.Send(process.Id, Signals.Kill);
                }
                else if (asked.Add((process.Id, process.Start)))
                {
                    Signals.Send(process.Id, Signals.Terminate);
                }
            }

            await Task.Delay(wait).ConfigureAwait(false);
        }
    }

    private List<ProcessEntry> Mine(List<ProcessEntry> all)
    {
        var mine = new HashSet<int>();
        bool grown = true;
        while (grown)
        {
            grown = false;
            foreach (ProcessEntry process in all)
            {
                bool belongs =
                    (process.Id == _root && !root!.HasExited)
                    || process.Session == _root
                    || string.Equals(process.Mark, mark, StringComparison.Ordinal)
                    || mine.Contains(process.Parent);
                grown |= belongs && mine.Add(process.Id);
            }
        }

        return all.FindAll(process => mine.Contains(process.Id));
    }
}
