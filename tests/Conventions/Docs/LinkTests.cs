using System.Text.RegularExpressions;

namespace FunctionTune.Conventions.Tests.Docs;

/// <summary>Links between the pages of this repository lead somewhere.</summary>
public sealed partial class LinkTests
{
    [Fact]
    public void Links_lead_to_files_and_headings_that_exist() =>
        Assert.Empty(
            Repository
                .Files("", ".md")
                .SelectMany(page => LinksIn(page).Where(link => !Leads(page, link)).Select(link => $"{page}: {link}"))
        );

    [Theory]
    [InlineData("README.md", true)]
    [InlineData("docs", true)]
    [InlineData("tests/README.md#recorded-files", true)]
    [InlineData("tests/README.md#no-such-heading", false)]
    [InlineData("no-such-file.md", false)]
    public void A_link_that_leads_nowhere_is_found(string link, bool leads) =>
        Assert.Equal(leads, Leads("README.md", link));

    [Theory]
    [InlineData("## max_evals is exact", "max_evals-is-exact")]
    [InlineData("### Values, not indices", "values-not-indices")]
    [InlineData("# A shell, or `sh`", "a-shell-or-sh")]
    public void Headings_are_linked_to_as_on_GitHub(string heading, string anchor) =>
        Assert.Equal(anchor, AnchorOf(heading));

    private static bool Leads(string page, string link)
    {
        string[] parts = link.Split('#', 2);
        string folder = Path.GetDirectoryName(Path.Combine(Repository.Root, page))!;
        string target = parts[0].Length == 0 ? Path.Combine(Repository.Root, page) : Path.Combine(folder, parts[0]);
        return parts.Length == 1
            ? File.Exists(target) || Directory.Exists(target)
            : File.Exists(target) && Headings(target).Contains(parts[1], StringComparer.Ordinal);
    }

    private static IEnumerable<string> LinksIn(string page) =>
        Prose(Repository.Lines(page))
            .SelectMany(line => Link().Matches(Code().Replace(line, "")))
            .Select(match => match.Groups["target"].Value)
            .Where(link => !link.Contains(':', StringComparison.Ordinal));

    private static IEnumerable<string> Headings(string page) =>
        Prose(File.ReadAllLines(page)).Where(line => line.StartsWith('#')).Select(AnchorOf);

    private static string AnchorOf(string heading) =>
        NotInAnchors().Replace(heading.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-');

    /// <summary>The lines outside of blocks of code.</summary>
    private static IEnumerable<string> Prose(string[] lines)
    {
        bool isCode = false;
        foreach (string line in lines)
        {
            bool isFence = line.TrimStart().StartsWith("```", StringComparison.Ordinal);
            isCode ^= isFence;
            if (!isCode && !isFence)
            {
                yield return line;
            }
        }
    }

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Link();

    // Code with brackets in it looks like a link: `f[i](x)`.
    [GeneratedRegex(@"`[^`\]]*\][^`]*`", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Code();

    [GeneratedRegex(@"[^\w\- ]", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex NotInAnchors();
}
