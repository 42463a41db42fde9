using System.Globalization;
using System.Net.Http.Headers;

namespace FunctionTune.Remote.Http;

/// <summary>The header <c>Retry-After</c>.</summary>
internal static class RetryAfter
{
    /// <summary>How long a service asks to wait; null when it does not say. What is no number of seconds counts as one.</summary>
    public static TimeSpan? Of(HttpResponseHeaders headers)
    {
        if (!headers.NonValidated.TryGetValues("Retry-After", out HeaderStringValues values))
        {
            return null;
        }

        return int.TryParse(values.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out int seconds)
            ? TimeSpan.FromSeconds(seconds)
            : TimeSpan.FromSeconds(1);
    }
}
