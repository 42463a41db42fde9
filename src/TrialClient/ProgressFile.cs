using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using FunctionTune.TrialClient.Json;
using FunctionTune.TrialClient.Places;

namespace FunctionTune.TrialClient;

/// <summary>
/// Where intermediate values go: a line each, never half a line between two others. They are written at once into a file of this
/// machine, and at most once a second anywhere else, where what cannot be written never fails a trial.
/// </summary>
internal sealed class ProgressFile(Place? place)
{
    private readonly StringBuilder _waiting = new();
    private Stopwatch? _sinceSent;

    // Nobody else holds this object, so it may be its own lock; a lock type common to both targets does not exist.
    [MethodImpl(MethodImplOptions.Synchronized)]
    public void Append(long step, IReadOnlyDictionary<string, double> values)
    {
        string line = JsonWriter.Write(
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["step"] = step, ["values"] = values }
        );
        if (place is null)
        {
            Console.Error.WriteLine(line);
            return;
        }

        _waiting.Append(line).Append('\n');
        if (place.IsNear || _sinceSent is null || _sinceSent.ElapsedMilliseconds >= 1000)
        {
            Send();
        }
    }

    /// <summary>Writes what waits.</summary>
    [MethodImpl(MethodImplOptions.Synchronized)]
    public void Send()
    {
        if (_waiting.Length == 0)
        {
            return;
        }

        try
        {
            place!.Append(Encoding.UTF8.GetBytes(_waiting.ToString()));
            _waiting.Clear();
        }
        catch (Exception exception) when (!place!.IsNear)
        {
            Console.Error.WriteLine($"functiontune: intermediate values cannot be written: {exception.Message}");
        }

        _sinceSent = Stopwatch.StartNew();
    }
}
