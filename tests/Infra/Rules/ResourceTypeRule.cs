using FunctionTune.Infra.Tests.Syntax;

namespace FunctionTune.Infra.Tests.Rules;

/// <summary>Types of resources and versions of their APIs are those that are known to be there.</summary>
internal static class ResourceTypeRule
{
    private static readonly HashSet<string> s_known =
    [
        "Microsoft.Authorization/roleAssignments@2022-04-01",
        "Microsoft.Databricks/accessConnectors@2024-05-01",
        "Microsoft.Databricks/workspaces@2024-05-01",
        "Microsoft.DurableTask/schedulers/taskHubs@2025-11-01",
        "Microsoft.DurableTask/schedulers@2025-11-01",
        "Microsoft.Insights/actionGroups@2023-01-01",
        "Microsoft.Insights/components@2020-02-02",
        "Microsoft.Insights/scheduledQueryRules@2023-12-01",
        "Microsoft.KeyVault/vaults@2023-07-01",
        "Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31",
        "Microsoft.Network/natGateways@2023-11-01",
        "Microsoft.Network/networkSecurityGroups@2023-11-01",
        "Microsoft.Network/privateDnsZones/virtualNetworkLinks@2020-06-01",
        "Microsoft.Network/privateDnsZones@2020-06-01",
        "Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2023-11-01",
        "Microsoft.Network/privateEndpoints@2023-11-01",
        "Microsoft.Network/publicIPAddresses@2023-11-01",
        "Microsoft.Network/virtualNetworks@2023-11-01",
        "Microsoft.OperationalInsights/workspaces@2023-09-01",
        "Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01",
        "Microsoft.Storage/storageAccounts/blobServices@2023-05-01",
        "Microsoft.Storage/storageAccounts@2023-05-01",
        "Microsoft.Web/serverfarms@2024-04-01",
        "Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-04-01",
        "Microsoft.Web/sites/config@2024-04-01",
        "Microsoft.Web/sites@2024-04-01",
    ];

    public static IEnumerable<Finding> Check(BicepFolder folder) =>
        folder.Files.SelectMany(file =>
            file.Resources.Where(each => !s_known.Contains(each.Children[1].Plain))
                .Select(each =>
                    Finding.At(file, each.Children[1], $"{each.Children[1].Text} is no type that is known here")
                )
        );
}
