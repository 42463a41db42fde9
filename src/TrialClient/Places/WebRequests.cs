using System.Net;

namespace FunctionTune.TrialClient.Places;

/// <summary>Requests that are tried again with growing pauses while there is hope, about half a minute in all.</summary>
/// <param name="what">What is read or written, as messages begin.</param>
/// <param name="shown">Where, without a signature.</param>
internal sealed class WebRequests(string what, string shown)
{
    private const int Tries = 7;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(60);

    // Each wait has a limit of its own, which starts again whenever bytes arrive.
    private static readonly HttpClient s_http = new() { Timeout = Timeout.InfiniteTimeSpan };
    private static readonly Random s_random = new();

    /// <summary>Gives what an attempt gives, after as many attempts as it takes.</summary>
    /// <exception cref="TrialException">The service refuses, or cannot be reached. A refusal is its inner exception.</exception>
#pragma warning disable VSTHRD002 // A trial program has no synchronisation context to block, and its other places are files.
    public T Wait<T>(Func<HttpClient, CancellationTokenSource, Task<T>> attempt) =>
        Task.Run(() => RetryAsync(attempt)).GetAwaiter().GetResult();
#pragma warning restore VSTHRD002

    public static async Task<HttpResponseMessage> SendAsync(
        HttpClient http,
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        HttpResponseMessage answer = await http.SendAsync(
                request,
                HttpCompletionOption.ResponseHeadersRead,
                cancellationToken
            )
            .ConfigureAwait(false);
        if (!answer.IsSuccessStatusCode)
        {
            using (answer)
            {
                throw new WebFault(answer);
            }
        }

        return answer;
    }

    /// <summary>Copies an answer's content to its end, as long as bytes keep arriving.</summary>
    public static async Task CopyAsync(HttpContent content, Stream to, CancellationTokenSource stalled)
    {
        byte[] buffer = new byte[1 << 16];
#if NET
        using Stream from = await content.ReadAsStreamAsync(stalled.Token).ConfigureAwait(false);
        while (await from.ReadAsync(buffer, stalled.Token).ConfigureAwait(false) is > 0 and var read)
        {
            stalled.CancelAfter(s_patience);
            await to.WriteAsync(buffer.AsMemory(0, read), stalled.Token).ConfigureAwait(false);
        }
#else
        using Stream from = await content.ReadAsStreamAsync().ConfigureAwait(false);
        while (await from.ReadAsync(buffer, 0, buffer.Length, stalled.Token).ConfigureAwait(false) is > 0 and var read)
        {
            stalled.CancelAfter(s_patience);
            await to.WriteAsync(buffer, 0, read, stalled.Token).ConfigureAwait(false);
        }
#endif
    }

    private async Task<T> RetryAsync<T>(Func<HttpClient, CancellationTokenSource, Task<T>> attempt)
    {
        for (int tries = 1; ; tries++)
        {
            TimeSpan pause = Pause(tries);
            try
            {
                using var stalled = new CancellationTokenSource(s_patience);
                return await attempt(s_http, stalled).ConfigureAwait(false);
            }
            catch (WebFault fault)
            {
                if (!fault.IsTransient || tries == Tries)
                {
                    string hint = fault.Status is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized
                        ? " Its signature may have run out, or allow something else."
                        : "";
                    throw new TrialException(
                        $"{what} at {shown} cannot be read or written: {fault.Message}.{hint}",
                        fault
                    );
                }

                pause += fault.RetryAfter < s_longestPause ? fault.RetryAfter : s_longestPause;
            }
            catch (Exception exception)
                when (exception is HttpRequestException or IOException or OperationCanceledException)
            {
                if (tries == Tries)
                {
                    throw new TrialException($"{what} cannot be reached at {shown}: {exception.Message}", exception);
                }
            }

            await Task.Delay(pause).ConfigureAwait(false);
        }
    }

    private static TimeSpan Pause(int tries)
    {
        lock (s_random)
        {
            return TimeSpan.FromSeconds(0.25 * Math.Pow(2, tries) * (0.5 + (s_random.NextDouble() / 2)));
        }
    }
}
