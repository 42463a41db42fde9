using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace FunctionTune.Service.Http;

/// <summary>Numbers in the query of a request.</summary>
internal static class RequestQuery
{
    /// <summary>An integer.</summary>
    /// <param name="request">The request.</param>
    /// <param name="name">Its name.</param>
    /// <param name="otherwise">What it is when it is absent.</param>
    /// <param name="least">The smallest that is allowed.</param>
    /// <param name="most">The largest that is allowed.</param>
    /// <exception cref="ApiException">It is none, or out of its range.</exception>
    public static int Integer(HttpRequest request, string name, int otherwise, int least, int most)
    {
        if (request.Query[name] is not [{ } text] || text.Length == 0)
        {
            return request.Query[name].Count == 0 ? otherwise : throw Refused(name, least, most, "not one number");
        }

        return
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
            && number >= least
            && number <= most
            ? number
            : throw Refused(name, least, most, $"'{text[..Math.Min(text.Length, 40)]}'");
    }

    private static ApiException Refused(string name, int least, int most, string found) =>
        ApiException.Invalid(
            new Problem(
                $"?{name}",
                string.Create(CultureInfo.InvariantCulture, $"{name} is an integer from {least} to {most}"),
                found
            )
        );
}
