using Microsoft.Extensions.Configuration;

namespace FunctionTune.Functions.Tests;

public sealed class HostOptionsTests
{
    private const string Store = "https://account.blob.core.windows.net/studies";

    [Fact]
    public void A_store_is_all_that_must_be_set()
    {
        HostOptions options = Read(("FunctionTune:Store", Store));

        Assert.Equal("studies", options.Store.Container);
        Assert.Null(options.DatabricksHost);
        Assert.Equal(128, options.Rules.Parallelism);
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once_by_the_names_of_the_settings()
    {
        InvalidInputException refused = Assert.Throws<InvalidInputException>(() =>
            Read(
                ("FunctionTune:Databricks:Host", "http://adb-1.azuredatabricks.net/path"),
                ("FunctionTune:Limits:MaxEvals", "many"),
                ("FunctionTune:Limits:TrialTimeout", "-1")
            )
        );

        Assert.Equal(
            [
                "FunctionTune__Store",
                "FunctionTune__Databricks__Host",
                "FunctionTune__Limits__MaxEvals",
                "FunctionTune__Limits__TrialTimeout",
            ],
            refused.Problems.Select(problem => problem.Path)
        );
    }

    [Theory]
    [InlineData("https://account.blob.core.windows.net/studies?sig=abcdef")]
    [InlineData("http://example.com/studies")]
    [InlineData("folder/studies")]
    public void A_store_that_is_no_container_or_holds_a_secret_is_refused(string store)
    {
        InvalidInputException refused = Assert.Throws<InvalidInputException>(() => Read(("FunctionTune:Store", store)));

        Assert.DoesNotContain("abcdef", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_may_name_files_of_the_host_or_start_programs_there()
    {
        HostOptions options = Read(("FunctionTune:Store", Store));

        Assert.False(options.Rules.LocalFiles);
        Assert.DoesNotContain("process", options.Rules.Platforms!.Value);
    }

    [Fact]
    public void Studies_are_staged_in_the_store_or_where_the_app_was_told_to_and_nowhere_else()
    {
        HostOptions options = Read(("FunctionTune:Store", Store), ("FUNCTIONTUNE_STAGING", "/Volumes/main/ft/studies"));

        Assert.Equal(
            ["abfss://studies@account.dfs.core.windows.net", "/Volumes/main/ft/studies"],
            options.Rules.StagingPlaces!.Value
        );
    }

    [Fact]
    public void Half_a_registration_in_a_directory_does_not_leave_the_door_open()
    {
        InvalidInputException refused = Assert.Throws<InvalidInputException>(() =>
            Read(("FunctionTune:Store", Store), ("FunctionTune:Entra:TenantId", "11111111-2222-3333-4444-555555555555"))
        );

        Assert.Equal("FunctionTune__Entra__ClientId", Assert.Single(refused.Problems).Path);
    }

    private static HostOptions Read(params (string Key, string Value)[] settings) =>
        HostOptions.Read(
            new ConfigurationBuilder()
                .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create<string, string?>(s.Key, s.Value)))
                .Build()
        );
}
