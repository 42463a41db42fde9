using Microsoft.AspNetCore.Http;

namespace FunctionTune.Service.Http.Access;

/// <summary>Who may do what.</summary>
public interface IApiAccess
{
    /// <summary>Why a request is refused; null when it is allowed.</summary>
    /// <param name="context">The request.</param>
    /// <param name="role">What its caller must be allowed to do.</param>
    Task<ApiProblem?> RefusalAsync(HttpContext context, ApiRole role);
}
