using FunctionTune.Infra.Tests.Syntax;

namespace FunctionTune.Infra.Tests.Rules;

/// <summary>What must stand, word for word, in every resource of a type.</summary>
internal static class HardeningRule
{
    private static readonly (string Type, string Path, string Value)[] s_must =
    [
        ("Microsoft.Storage/storageAccounts", "properties.allowSharedKeyAccess", "false"),
        ("Microsoft.Storage/storageAccounts", "properties.allowBlobPublicAccess", "false"),
        ("Microsoft.Storage/storageAccounts", "properties.allowCrossTenantReplication", "false"),
        ("Microsoft.Storage/storageAccounts", "properties.supportsHttpsTrafficOnly", "true"),
        ("Microsoft.Storage/storageAccounts", "properties.minimumTlsVersion", "'TLS1_2'"),
        ("Microsoft.Storage/storageAccounts/blobServices/containers", "properties.publicAccess", "'None'"),
        ("Microsoft.Web/sites", "properties.httpsOnly", "true"),
        ("Microsoft.Web/sites", "properties.siteConfig.minTlsVersion", "'1.2'"),
        ("Microsoft.Web/sites/basicPublishingCredentialsPolicies", "properties.allow", "false"),
        ("Microsoft.Insights/components", "properties.DisableLocalAuth", "true"),
        ("Microsoft.OperationalInsights/workspaces", "properties.features.disableLocalAuth", "true"),
        ("Microsoft.KeyVault/vaults", "properties.enableRbacAuthorization", "true"),
        ("Microsoft.KeyVault/vaults", "properties.enableSoftDelete", "true"),
    ];

    public static IEnumerable<Finding> Check(BicepFolder folder) =>
        from file in folder.Files
        from resource in file.Resources
        where !resource.IsExisting
        from must in s_must
        where string.Equals(must.Type, BicepFile.TypeOf(resource), StringComparison.Ordinal)
        let found = BicepFile.BodyOf(resource).At(must.Path)
        where !string.Equals(found?.Text, must.Value, StringComparison.Ordinal)
        select Finding.At(file, found ?? resource, $"{must.Path} of {must.Type} must be {must.Value}");
}
