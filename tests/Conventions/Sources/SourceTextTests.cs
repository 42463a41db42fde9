using System.Text.RegularExpressions;

namespace FunctionTune.Conventions.Tests.Sources;

/// <summary>Rules about the text of the sources that no analyzer checks.</summary>
public sealed partial class SourceTextTests
{
    private const int MaxLines = 300;
    private static readonly string[] s_code = [".cs", ".py", ".js"];

    /// <summary>Users copy it beside their programs, and clusters start it: it is one file, however much it can do.</summary>
    private const string PythonClient = "functiontune.py";

    [Fact]
    public void Files_are_short() =>
        Assert.DoesNotContain(
            Repository.Files("src", s_code),
            file => Repository.Lines(file).Length > MaxLines && Path.GetFileName(file) != PythonClient
        );

    [Fact]
    public void Nothing_is_left_to_be_done_in_a_comment() => Assert.Empty(Lines(s_code, Unfinished().IsMatch));

    [Fact]
    public void A_warning_is_switched_off_with_a_reason_only() => Assert.Empty(Lines([".cs"], IsSilentSwitch));

    [Fact]
    public void No_project_in_src_switches_warnings_off() =>
        Assert.Empty(
            Lines(
                [".csproj", ".props", ".targets"],
                line => line.Contains("NoWarn", StringComparison.OrdinalIgnoreCase)
            )
        );

    [Fact]
    public void Types_are_named_after_what_they_are()
    {
        IEnumerable<string> vague = Repository
            .Files("src", ".cs")
            .Where(file => VagueName().IsMatch(Path.GetFileNameWithoutExtension(file)));

        Assert.Empty(vague);
    }

    [Theory]
    [InlineData("#pragma warning disable CA1031", true)]
    [InlineData("#pragma warning disable CA1031 // The cause is shown to the user.", false)]
    [InlineData("#pragma warning restore CA1031", false)]
    [InlineData("[SuppressMessage(\"a\", \"b\")]", true)]
    [InlineData("[SuppressMessage(\"a\", \"b\", Justification = \"c\")]", false)]
    public void A_switch_without_a_reason_is_found(string line, bool found) =>
        Assert.Equal(found, IsSilentSwitch(line));

    private static IEnumerable<string> Lines(string[] endings, Func<string, bool> holds) =>
        Repository
            .Files("src", endings)
            .SelectMany(file => Repository.Lines(file).Where(holds).Select(line => $"{file}: {line.Trim()}"));

    private static bool IsSilentSwitch(string line)
    {
        string text = line.TrimStart();
        return text.StartsWith("#pragma warning disable", StringComparison.Ordinal)
                && !text.Contains("//", StringComparison.Ordinal)
            || text.StartsWith("[SuppressMessage", StringComparison.Ordinal)
                && !text.Contains("Justification", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Unfinished();

    [GeneratedRegex(
        "(Utils?|Utilities|Helpers?|Manager|Common|Misc)$",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    )]
    private static partial Regex VagueName();
}
