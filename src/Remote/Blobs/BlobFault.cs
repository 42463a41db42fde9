using Azure;
using Azure.Identity;

namespace FunctionTune.Remote.Blobs;

/// <summary>Says in the user's words what blob storage refused.</summary>
internal static class BlobFault
{
    /// <summary>Whether <paramref name="fault"/> came from blob storage, or from the login to it.</summary>
    public static bool IsOne(Exception fault) =>
        fault is RequestFailedException or AuthenticationFailedException or IOException
        || (fault is AggregateException all && all.InnerExceptions.Any(IsOne));

    /// <summary>The fault for the user.</summary>
    /// <param name="what">What was to be done, as the beginning of a sentence: "Study 'x' could not be read".</param>
    /// <param name="place">Where.</param>
    /// <param name="fault">What the service or the login said.</param>
    public static FunctionTuneException Of(string what, BlobPlace place, Exception fault)
    {
        Exception cause = fault is AggregateException all ? all.InnerExceptions.Last(IsOne) : fault;
        return new FunctionTuneException($"{what} ({place}): {Reason(cause)}.", Hint(place, cause), fault);
    }

    private static string Reason(Exception fault) =>
        fault is RequestFailedException { Status: > 0 } refusal
            ? $"the service answered {refusal.Status} {refusal.ErrorCode}".TrimEnd()
            : fault.Message.Split('\n')[0].TrimEnd('.', '\r');

    private static string Hint(BlobPlace place, Exception fault) =>
        fault switch
        {
            AuthenticationFailedException =>
                $"{AzureLogin.Hint} Or set {BlobCredentials.ConnectionVariable} or {BlobCredentials.SasVariable}.",
            RequestFailedException { ErrorCode: "ContainerNotFound" } =>
                $"Create the container '{place.Container}' in the account '{place.Account}', or correct the name.",
            RequestFailedException { ErrorCode: "AuthorizationPermissionMismatch" or "AuthorizationFailure" } =>
                "Give this identity the role 'Storage Blob Data Contributor' on the container (a new role takes minutes to work), and let the account's network rules admit this machine.",
            RequestFailedException { Status: 401 or 403 } =>
                $"Check who this process is towards Azure: an expired {BlobCredentials.SasVariable}, a {BlobCredentials.ConnectionVariable} with an old key, or a clock that is wrong by minutes is refused like this.",
            RequestFailedException { Status: 0 } =>
                $"Check the account's name '{place.Account}' and the network, then try again.",
            _ => "Mend the cause, then try again: what was done is kept.",
        };
}
