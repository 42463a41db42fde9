using FunctionTune.Local.Stores;
using FunctionTune.Studies;

namespace FunctionTune.Local;

/// <summary>Hands a wish to the process that runs a study.</summary>
internal static class StudyWish
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(50);

    /// <summary>Leaves the wish in the study's inbox and waits until it is taken out.</summary>
    /// <returns>Whether it was taken; false when the process ended without taking it, and the wish is withdrawn.</returns>
    public static async Task<bool> HandOverAsync(
        string folder,
        StudyId id,
        StudyEvent wish,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        ControlMessage sent = StudyControl.Send(folder, id, wish);
        while (IsThere(folder, id, sent))
        {
            if (StudyLease.HolderOf(folder, id) is null && IsThere(folder, id, sent))
            {
                StudyControl.Remove(folder, id, sent);
                return false;
            }

            await Task.Delay(s_look, time, cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    private static bool IsThere(string folder, StudyId id, ControlMessage sent) =>
        StudyControl
            .ReadAll(folder, id)
            .Any(message => string.Equals(message.Name, sent.Name, StringComparison.Ordinal));
}
