using System.Net;
using System.Text.RegularExpressions;

namespace FunctionTune.Remote.Http;

/// <summary>An error that comes as a page for people, as servers and proxies around a service write it.</summary>
internal static partial class ErrorPage
{
    /// <summary>The reason on a page: what stands in <c>pre</c>; empty for a page without it, null for what is no page.</summary>
    public static string? ReasonOf(string text) =>
        Preformatted().Match(text) is { Success: true } found ? WebUtility.HtmlDecode(found.Groups["text"].Value)
        : text.TrimStart().StartsWith('<') ? ""
        : null;

    [GeneratedRegex(
        "<pre>(?<text>.*?)</pre>",
        RegexOptions.Singleline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Preformatted();
}
