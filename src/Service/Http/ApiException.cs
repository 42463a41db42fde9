namespace FunctionTune.Service.Http;

/// <summary>Ends the work on a request with a refusal.</summary>
/// <param name="problem">The refusal.</param>
internal sealed class ApiException(ApiProblem problem) : Exception(problem.Title)
{
    public ApiProblem Problem { get; } = problem;

    public static ApiException Invalid(params Problem[] problems) =>
        new(new ApiProblem(400, "The request has problems.") { Problems = [.. problems] });

    public static ApiException NoStudy(string id) =>
        new(new ApiProblem(404, "There is no such study.") { Detail = $"Nothing is known of '{Cut(id)}'." });

    private static string Cut(string id) => id.Length <= 80 ? id : id[..80] + "…";
}
