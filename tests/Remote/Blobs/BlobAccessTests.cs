using System.Web;
using FunctionTune.Remote.Blobs;
using FunctionTune.Staging;
using FunctionTune.Studies;

namespace FunctionTune.Remote.Tests.Blobs;

/// <summary>Who is let in to an account in Azure, and by what.</summary>
public sealed class BlobAccessTests
{
    private const string Key = "a2V5";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void A_trial_that_comes_by_its_own_identity_gets_the_address()
    {
        using var azure = new FakeAzure();
        var area = new BlobStagingArea(azure.Open());

        Assert.Equal("abfss://data@lab.dfs.core.windows.net/p/a b", area.UriOf("a b", StagingUse.Read));
        Assert.Equal(0, azure.Keys);
    }

    [Fact]
    public void An_identity_signs_with_a_key_that_it_is_given()
    {
        using var azure = new FakeAzure();
        BlobStagingArea area = Signing(azure);

        var url = new Uri(area.UriOf("a b", StagingUse.Read));

        Assert.Equal("https://lab.blob.core.windows.net/data/p/a%20b", url.GetLeftPart(UriPartial.Path));
        Assert.Equal("11111111-1111-1111-1111-111111111111", Parameter(url, "skoid"));
        Assert.Equal(("b", "r", "https"), (Parameter(url, "sr"), Parameter(url, "sp"), Parameter(url, "spr")));
        Assert.Equal("2026-02-02T12:00:00Z", Parameter(url, "se"));
    }

    [Theory]
    [InlineData(StagingUse.Read, "r")]
    [InlineData(StagingUse.Create, "rc")]
    [InlineData(StagingUse.Append, "rac")]
    public void A_signature_allows_what_the_trial_does(StagingUse use, string permissions)
    {
        using var azure = new FakeAzure();

        Assert.Equal(permissions, Parameter(new Uri(Signing(azure).UriOf("file", use)), "sp"));
    }

    [Fact]
    public void The_key_is_asked_for_again_when_half_its_life_is_over()
    {
        using var azure = new FakeAzure();
        BlobStagingArea area = Signing(azure);
        for (int hour = 0; hour < 24 * 7; hour++)
        {
            var url = new Uri(area.UriOf("file", StagingUse.Read));
            var expiry = DateTimeOffset.Parse(Parameter(url, "se")!, System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal(TimeSpan.FromDays(2), expiry - azure.Clock.Now);
            azure.Clock.Now += TimeSpan.FromHours(1);
        }

        Assert.Equal(2, azure.Keys);
    }

    [Fact]
    public void A_signature_ends_with_the_key_at_the_latest()
    {
        using var azure = new FakeAzure();
        var area = new BlobStagingArea(
            azure.Open(),
            access: StagingAccess.Sas,
            life: TimeSpan.FromDays(7),
            clock: azure.Clock
        );
        _ = area.UriOf("file", StagingUse.Read);
        azure.Clock.Now += TimeSpan.FromDays(3);

        var url = new Uri(area.UriOf("file", StagingUse.Read));

        Assert.Equal(Parameter(url, "ske"), Parameter(url, "se"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    public void A_signature_lasts_up_to_seven_days(int days)
    {
        using var azure = new FakeAzure();

        Assert.Throws<ArgumentOutOfRangeException>(() =>
            new BlobStagingArea(azure.Open(), life: TimeSpan.FromDays(days))
        );
    }

    [Fact]
    public void A_connection_string_signs_for_its_account()
    {
        using var azure = new FakeAzure();
        var area = new BlobStagingArea(azure.Open(Connection("lab", Key)), access: StagingAccess.Sas);

        var url = new Uri(area.UriOf("file", StagingUse.Read));

        Assert.Null(Parameter(url, "skoid"));
        Assert.NotNull(Parameter(url, "sig"));
        Assert.Equal(0, azure.Keys);
    }

    [Fact]
    public void A_connection_string_of_another_account_is_left_alone()
    {
        using var azure = new FakeAzure();
        var area = new BlobStagingArea(
            azure.Open(Connection("other", Key)),
            access: StagingAccess.Sas,
            clock: azure.Clock
        );

        Assert.NotNull(Parameter(new Uri(area.UriOf("file", StagingUse.Read)), "skoid"));
    }

    [Fact]
    public void A_key_that_is_no_key_is_refused_and_not_repeated()
    {
        using var azure = new FakeAzure();

        FunctionTuneException fault = Assert.Throws<FunctionTuneException>(() =>
            azure.Open(Connection("lab", "hush!"))
        );

        Assert.Contains("AZURE_STORAGE_CONNECTION_STRING", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_not_logged_in_is_told_how()
    {
        using var azure = new FakeAzure { IsLoggedIn = false };
        var area = new BlobStagingArea(azure.Open(), access: StagingAccess.Sas);

        FunctionTuneException reading = await Assert.ThrowsAsync<FunctionTuneException>(() =>
            area.ReadAsync("file", 0, 10, Cancel)
        );
        FunctionTuneException signing = Assert.Throws<FunctionTuneException>(() => area.UriOf("file", StagingUse.Read));

        Assert.Contains("az login", reading.Hint, StringComparison.Ordinal);
        Assert.Contains("az login", signing.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AuthorizationPermissionMismatch", "Storage Blob Data Contributor")]
    [InlineData("AuthenticationFailed", "clock")]
    public async Task Who_may_not_is_told_what_is_missing(string refusal, string hint)
    {
        using var azure = new FakeAzure { Refusal = refusal };
        using var store = new BlobStudyStore(azure.Open());

        FunctionTuneException fault = await Assert.ThrowsAsync<FunctionTuneException>(() =>
            store.ReadAsync(new StudyId("study"), 0, Cancel)
        );

        Assert.Contains(refusal, fault.Message, StringComparison.Ordinal);
        Assert.Contains("abfss://data@lab.dfs.core.windows.net/p", fault.Message, StringComparison.Ordinal);
        Assert.Contains(hint, fault.Hint, StringComparison.Ordinal);
    }

    private static BlobStagingArea Signing(FakeAzure azure) =>
        new(azure.Open(), access: StagingAccess.Sas, clock: azure.Clock);

    private static Func<string, string?> Connection(string account, string key) =>
        name =>
            name == "AZURE_STORAGE_CONNECTION_STRING"
                ? $"DefaultEndpointsProtocol=https;AccountName={account};AccountKey={key};EndpointSuffix=core.windows.net"
                : null;

    private static string? Parameter(Uri url, string name) => HttpUtility.ParseQueryString(url.Query)[name];
}
