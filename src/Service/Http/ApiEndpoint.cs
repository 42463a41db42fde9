using Microsoft.AspNetCore.Http;

namespace FunctionTune.Service.Http;

/// <summary>An endpoint of the service, the same on every host.</summary>
public sealed class ApiEndpoint
{
    internal ApiEndpoint(
        string name,
        string method,
        string route,
        ApiRole role,
        Func<StudyApi, HttpContext, string, Task<IResult>> answer
    ) => (Name, Method, Route, Role, Answer) = (name, method, route, role, answer);

    /// <summary>Its name, such as <c>SubmitStudy</c>.</summary>
    public string Name { get; }

    /// <summary>The HTTP method, upper case.</summary>
    public string Method { get; }

    /// <summary>The path below <c>/api/</c>, with <c>{id}</c> for the study.</summary>
    public string Route { get; }

    /// <summary>What the caller must be allowed to do.</summary>
    public ApiRole Role { get; }

    internal Func<StudyApi, HttpContext, string, Task<IResult>> Answer { get; }
}
