namespace FunctionTune.Samples.Tests.Docs;

/// <summary>The page docs/writing-trials.md.</summary>
internal static class WritingTrialsPage
{
    public static string Text { get; } = File.ReadAllText(Sample.Path("docs/writing-trials.md"));

    /// <summary>The code of the page in a language, block by block.</summary>
    public static IReadOnlyList<string> Code(string language) =>
        [
            .. Text.Split("\n```" + language + "\n")
                .Skip(1)
                .Select(rest => rest[..rest.IndexOf("\n```", StringComparison.Ordinal)]),
        ];
}
