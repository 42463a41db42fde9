using Azure.Core;
using Azure.Identity;

namespace FunctionTune.Remote;

/// <summary>Who this process is towards Azure: its managed or workload identity, the service principal in its environment, or the developer's login.</summary>
public static class AzureLogin
{
    /// <summary>What to do when nobody is logged in.</summary>
    public const string Hint =
        "Log in with 'az login', or give this process an identity: a managed identity, a workload identity, or AZURE_TENANT_ID, "
        + "AZURE_CLIENT_ID and AZURE_CLIENT_SECRET in its environment.";

    /// <summary>
    /// The first of: the service principal in the environment, workload identity, managed identity, and the logins of Visual Studio,
    /// the Azure CLI, PowerShell and the Developer CLI. No browser is opened, and no broker is asked: a study runs unattended.
    /// </summary>
    public static TokenCredential Credential() =>
        new DefaultAzureCredential(
            new DefaultAzureCredentialOptions
            {
                ExcludeInteractiveBrowserCredential = true,
                ExcludeBrokerCredential = true,
                ExcludeVisualStudioCodeCredential = true,
            }
        );
}
