using System.Net;
using System.Text;
using FunctionTune.Remote.Databricks;
using FunctionTune.Remote.Http;

namespace FunctionTune.Remote.Tests.Databricks;

public sealed class ErrorAnswerTests
{
    [Theory]
    [InlineData("""{"error_code":"INVALID_STATE","message":"too late"}""", "INVALID_STATE", "too late")]
    [InlineData("""{"error_code":401,"message":"no token"}""", "401", "no token")]
    [InlineData("""{"error":"ClusterNotReadyException: wait"}""", "", "ClusterNotReadyException: wait")]
    [InlineData("PERMISSION_DENIED: you may not", "PERMISSION_DENIED", "you may not")]
    [InlineData("<html><body><pre> gone\n wrong </pre></body></html>", "", "gone wrong")]
    [InlineData("<html><body>nothing</body></html>", "", "HTTP 400 BadRequest")]
    [InlineData("", "", "HTTP 400 BadRequest")]
    public void Errors_come_in_four_forms(string body, string code, string message) =>
        Assert.Equal(
            new ErrorAnswer(code, message),
            ErrorAnswer.Read(HttpStatusCode.BadRequest, Encoding.UTF8.GetBytes(body))
        );

    [Theory]
    [InlineData(400, "INVALID_PARAMETER_VALUE", "Run 7 does not exist.", nameof(Refusal.NotFound))]
    [InlineData(400, "INVALID_PARAMETER_VALUE", "Run: 7 in job: 8 doesn't exist", nameof(Refusal.NotFound))]
    [InlineData(400, "INVALID_PARAMETER_VALUE", "Cluster 0101 does not exist", nameof(Refusal.NotFound))]
    [InlineData(400, "INVALID_PARAMETER_VALUE", "num_workers is negative", nameof(Refusal.Invalid))]
    [InlineData(
        400,
        "INVALID_STATE",
        "There were already 10000 jobs created in past 3600 seconds",
        nameof(Refusal.Throttled)
    )]
    [InlineData(400, "QUOTA_EXCEEDED", "no", nameof(Refusal.Throttled))]
    [InlineData(429, "", "slow down", nameof(Refusal.Throttled))]
    [InlineData(401, "401", "who?", nameof(Refusal.Denied))]
    [InlineData(403, "PERMISSION_DENIED", "no", nameof(Refusal.Denied))]
    [InlineData(404, "RESOURCE_DOES_NOT_EXIST", "no", nameof(Refusal.NotFound))]
    [InlineData(409, "ALREADY_EXISTS", "no", nameof(Refusal.Conflict))]
    [InlineData(503, "TEMPORARILY_UNAVAILABLE", "no", nameof(Refusal.Unavailable))]
    public void What_an_error_is_about(int status, string code, string message, string expected) =>
        Assert.Equal(expected, new ErrorAnswer(code, message).KindOf((HttpStatusCode)status).ToString());

    [Theory]
    [InlineData("There is no worker environment with id 5", true)]
    [InlineData("worker env WorkerEnvId(workerenv-1) not found", true)]
    [InlineData("RPC token bucket limit has been exceeded", true)]
    [InlineData("num_workers is negative", false)]
    public void Some_words_tell_of_faults_that_pass(string message, bool passes) =>
        Assert.Equal(passes, new ErrorAnswer("", message).IsTransient);
}
