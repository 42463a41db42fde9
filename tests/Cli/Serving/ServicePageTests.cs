using System.Text.Json;
using System.Text.RegularExpressions;
using FunctionTune.Testing;
using FunctionTune.Testing.Processes;

namespace FunctionTune.Cli.Tests.Serving;

/// <summary>What docs/service.md shows is what works: its commands are run, and answer as it says.</summary>
public sealed partial class ServicePageTests
{
    private const string Address = "http://127.0.0.1:8765";

    [Fact]
    public async Task The_commands_of_the_page_answer_as_it_says()
    {
        Assert.SkipUnless(ChildProgram.IsOnPath("curl"), "There is no curl.");
        CancellationToken cancel = TestContext.Current.CancellationToken;
        string page = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "service.md"), cancel);
        using var folder = new TemporaryFolder();
        await using ServedStore served = await ServedStore.StartAsync(folder["store"]);
        string here = served.Client.BaseAddress!.AbsoluteUri.TrimEnd('/');
        string output = "";
        int run = 0;
        foreach (Match block in Blocks().Matches(page))
        {
            string text = block.Groups["text"].Value;
            if (block.Groups["language"].Value is "json")
            {
                AssertHolds(JsonElement.Parse(text), JsonElement.Parse(output), text);
                continue;
            }

            string script = text.Replace(Address, here, StringComparison.Ordinal);
            ProgramEnd end = await ChildProgram.RunAsync(["sh", "-euc", script], folder.Path, null, cancel);
            Assert.True(end.ExitCode == 0, $"{script}\n{end.Output}\n{end.Error}");
            output = end.Output;
            run++;
        }

        Assert.InRange(run, 9, 30);
    }

    /// <summary>Everything that the page shows of an answer is there, of the same type.</summary>
    private static void AssertHolds(JsonElement shown, JsonElement answer, string text)
    {
        if (shown.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty member in shown.EnumerateObject())
            {
                Assert.True(
                    answer.TryGetProperty(member.Name, out JsonElement there),
                    $"{member.Name}: {text}\n{answer}"
                );
                AssertHolds(member.Value, there, text);
            }
        }
        else if (shown.ValueKind == JsonValueKind.Array)
        {
            foreach ((JsonElement entry, JsonElement there) in shown.EnumerateArray().Zip(answer.EnumerateArray()))
            {
                AssertHolds(entry, there, text);
            }
        }
        else if (shown.ValueKind == JsonValueKind.Number)
        {
            Assert.Equal(shown.GetDouble(), answer.GetDouble());
        }
        else if (shown.ValueKind != JsonValueKind.Null)
        {
            Assert.Equal(shown.ValueKind, answer.ValueKind);
        }
    }

    [GeneratedRegex(
        @"^```(?<language>sh|json)\n(?<text>.*?)^```$",
        RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Blocks();
}
