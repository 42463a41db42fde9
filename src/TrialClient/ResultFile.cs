using System.Text;
using FunctionTune.TrialClient.Json;
using FunctionTune.TrialClient.Places;

namespace FunctionTune.TrialClient;

/// <summary>Where the result goes: whole or not at all, and once, whoever carries the attempt out.</summary>
/// <param name="place">The place; null for standard output.</param>
/// <param name="token">The attempt's token, which goes into the result; null when there is none.</param>
internal sealed class ResultFile(Place? place, string? token)
{
    private int _given;
    private volatile bool _written;

    /// <summary>Whether the program gave its result; it need not have arrived.</summary>
    public bool IsGiven => Volatile.Read(ref _given) != 0;

    /// <summary>Whether a result lies there, of this or another run of the same attempt.</summary>
    public bool IsThere => _written || place?.Exists() == true;

    public void Write(Dictionary<string, object?> result)
    {
        if (token is not null)
        {
            result["token"] = token;
        }

        string json = JsonWriter.Write(result);
        if (Interlocked.Exchange(ref _given, 1) != 0)
        {
            throw new TrialException(
                "A trial must have one result, but a second was given. Call Succeed or Fail once, at the end."
            );
        }

        if (place is null)
        {
            Console.Out.WriteLine(json);
        }
        else if (!place.Create(Encoding.UTF8.GetBytes(json + "\n")))
        {
            Console.Error.WriteLine(
                $"functiontune: the trial has a result already at {place.Shown}; it stays as it is"
            );
        }

        _written = true;
    }
}
