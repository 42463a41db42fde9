namespace FunctionTune.Conventions.Tests.PublicApi;

/// <summary>
/// What users can see changes only on purpose: it is written down in <c>PublicApi.approved.txt</c>, which a commit that changes it
/// changes too.
/// </summary>
public sealed class PublicApiTests
{
    /// <summary>Set to 1, the test writes the file instead of comparing with it.</summary>
    private const string Update = "FUNCTIONTUNE_APPROVE_API";

    private static readonly string s_file = Path.Combine(
        Repository.Root,
        "tests",
        "Conventions",
        "PublicApi.approved.txt"
    );

    [Fact]
    public void The_public_api_is_the_approved_one()
    {
        string[] actual =
        [
            .. new[] { typeof(Problem), typeof(Local.Fmin), typeof(Remote.AzureLogin), typeof(TrialClient.Trial) }
                .Select(type => type.Assembly)
                .SelectMany(assembly => ApiText.Of(assembly).Prepend($"# {assembly.GetName().Name}").Append("")),
        ];
        if (string.Equals(Environment.GetEnvironmentVariable(Update), "1", StringComparison.Ordinal))
        {
            File.WriteAllText(s_file, string.Join('\n', actual));
        }

        string[] approved = File.ReadAllText(s_file).Split('\n');

        Assert.True(actual.SequenceEqual(approved, StringComparer.Ordinal), Difference(approved, actual));
    }

    private static string Difference(string[] approved, string[] actual) =>
        string.Join(
            '\n',
            [
                "The public API differs from tests/Conventions/PublicApi.approved.txt.",
                .. actual.Except(approved, StringComparer.Ordinal).Take(20).Select(line => $"new:  {line}"),
                .. approved.Except(actual, StringComparer.Ordinal).Take(20).Select(line => $"gone: {line}"),
                $"If that is meant, run '{Update}=1 dotnet test tests/Conventions' and commit the file.",
            ]
        );
}
