using System.Globalization;
using System.Runtime.CompilerServices;
using FunctionTune.TrialClient;

namespace FunctionTune.Spark;

/// <summary>What Spark can broadcast: what takes at most 2 GB when it is written down.</summary>
internal static class BroadcastSize
{
    private const long Limit = int.MaxValue;

    /// <summary>Refuses numbers that are too many.</summary>
    /// <exception cref="TrialException">They are.</exception>
    public static void Check<T>(long count)
        where T : unmanaged
    {
        // A number is written with a byte that tells its type.
        long bytes = checked(count * (Unsafe.SizeOf<T>() + 1));
        if (bytes > Limit)
        {
            throw new TrialException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"A value must take at most {Limit:N0} bytes to be broadcast, Spark's limit, but {count:N0} numbers take {bytes:N0}. "
                )
                    + "Stage it as data instead: name the file under 'data' in the study file, and load it once in each process "
                    + "from trial.DataPath, which fetches it once for each node."
            );
        }
    }
}
