namespace FunctionTune.DatabricksEmulator.Wire;

/// <summary>Endpoints by the end of their path: <c>runs/submit</c>, <c>clusters/get</c>, <c>fs/files</c>, and so on.</summary>
internal static class EndpointName
{
    /// <summary>The name of the endpoint of a request.</summary>
    public static string Of(HttpRequest request)
    {
        string[] parts = (request.Path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts switch
        {
            ["api", _, "fs", string what, ..] => $"fs/{what}",
            ["api", .., string group, string what] => $"{group}/{what}",
            _ => "other",
        };
    }
}
