using FunctionTune.Infra.Tests.Rules;

namespace FunctionTune.Infra.Tests;

/// <summary>The gate finds what it is there for: each test looks at a copy of the templates with one damage.</summary>
public sealed class DamagedCopyTests(DamagedCopies copies) : IClassFixture<DamagedCopies>
{
    public static TheoryData<string, string, string, string> Damages { get; } =
        new()
        {
            { "modules/identity.bicep", "  tags: tags\n}", "  tags: tags\n", "identity.bicep:7:1" },
            { "modules/identity.bicep", "name: name", "name name", "is not expected" },
            { "modules/identity.bicep", "location: location", "location:", "identity.bicep:9:11: ':' is not expected" },
            { "dev.bicepparam", "daysToRestore = 1", "daysToRestore = = 1", "is not expected" },
            {
                "modules/identity.bicep",
                "location: location",
                "location: place",
                "identity.bicep:9:13: 'place' is not declared"
            },
            { "modules/private-access.bicep", "targetId: target.id", "targetId: goal.id", "'goal' is not declared" },
            {
                "modules/identity.bicep",
                "param tags object",
                "param tags object\nparam more string",
                "'more' is never used"
            },
            { "modules/app-login.bicep", "  parent: app\n", "", "'app' is never used" },
            {
                "modules/host-storage.bicep",
                "var packageContainer",
                "var appRoles = 1\nvar packageContainer",
                "'appRoles' is declared twice"
            },
            { "modules/alerts.bicep", "@description('Who is", "@describe('Who is", "'describe' is no function" },
            { "main.bicep", "uniqueString(", "uniqeString(", "'uniqeString' is no function" },
            { "main.bicep", "'modules/identity.bicep'", "'modules/identiti.bicep'", "there is no module" },
            { "main.bicep", "'modules/identity.bicep'", "'br/public:avm/res/identity:1.0'", "there is no module" },
            {
                "main.bicep",
                "    hubName: hubName\n    appPrincipalId",
                "    appPrincipalId",
                "task-scheduler.bicep needs 'hubName'"
            },
            { "main.bicep", "    hubName: hubName\n    app", "    hub: hubName\n    app", "has no parameter 'hub'" },
            { "main.bicep", "app.outputs.url", "app.outputs.address", "function-app.bicep puts out no 'address'" },
            { "modules/private-access.bicep", "].outputs.id", "].outputs.key", "private-zone.bicep puts out no 'key'" },
            { "prod.bicepparam", "param redundancy", "param redundance", "main.bicep has no parameter 'redundance'" },
            { "dev.bicepparam", "param principalId", "param alertEmail", "main.bicep needs 'principalId'" },
            {
                "modules/function-app.bicep",
                "sites@2024-04-01' = {",
                "sites@2034-04-01' = {",
                "is no type that is known here"
            },
            { "roles.json", "ba92f5b4", "ba92f5b5", "'Storage Blob Data Contributor' does not have the id" },
            {
                "roles.json",
                "Key Vault Secrets User",
                "Key Vault Secrets Reader",
                "has no role 'Key Vault Secrets User'"
            },
            {
                "modules/key-vault.bicep",
                "roles['Key Vault Secrets User']",
                "'4633458b-17de-408a-b874-0445c86b69e6'",
                "ids of roles belong in roles.json"
            },
            {
                "modules/key-vault.bicep",
                "guid(vault.id, readerPrincipalId, secretsUser)",
                "'reader'",
                "is guid() of scope, principal and role"
            },
            { "modules/key-vault.bicep", "  scope: vault\n", "", "says its scope" },
            {
                "modules/key-vault.bicep",
                "    principalType: 'ServicePrincipal'\n",
                "",
                "says what kind its principal is"
            },
            {
                "modules/host-storage.bicep",
                "allowSharedKeyAccess: false",
                "allowSharedKeyAccess: true",
                "allowSharedKeyAccess of Microsoft.Storage/storageAccounts must be false"
            },
            {
                "modules/data-storage.bicep",
                "    allowSharedKeyAccess: false\n",
                "",
                "allowSharedKeyAccess of Microsoft.Storage/storageAccounts must be false"
            },
            {
                "modules/data-storage.bicep",
                "allowBlobPublicAccess: false",
                "allowBlobPublicAccess: isPrivate",
                "allowBlobPublicAccess"
            },
            {
                "modules/data-storage.bicep",
                "minimumTlsVersion: 'TLS1_2'",
                "minimumTlsVersion: 'TLS1_0'",
                "minimumTlsVersion"
            },
            { "modules/data-storage.bicep", "publicAccess: 'None'", "publicAccess: 'Blob'", "publicAccess" },
            {
                "modules/function-app.bicep",
                "httpsOnly: true",
                "httpsOnly: false",
                "httpsOnly of Microsoft.Web/sites must be true"
            },
            {
                "modules/function-app.bicep",
                "allow: false",
                "allow: true",
                "basicPublishingCredentialsPolicies must be false"
            },
            { "modules/monitoring.bicep", "DisableLocalAuth: true", "DisableLocalAuth: false", "DisableLocalAuth" },
            {
                "modules/key-vault.bicep",
                "enableRbacAuthorization: true",
                "enableRbacAuthorization: false",
                "enableRbacAuthorization"
            },
            {
                "modules/databricks.bicep",
                "output host string = 'https:",
                "output host string = 'http:",
                "an address begins with https://"
            },
            {
                "modules/app-settings.bicep",
                "TASKHUB_NAME: hubName",
                "TASKHUB_NAME: hubName\n  DATABRICKS_SECRET: 'letmein'",
                "'DATABRICKS_SECRET' has a value that everybody can read"
            },
            {
                "modules/app-settings.bicep",
                "TASKHUB_NAME: hubName",
                "TASKHUB_NAME: 'AccountKey=${hubName}'",
                "this looks like a secret"
            },
            {
                "modules/host-storage.bicep",
                "output id string = account.id",
                "output id string = account.listKeys().keys[0].value",
                "keys are not read"
            },
            { "modules/host-storage.bicep", "output id string", "output idSecret string", "a secret is not put out" },
            {
                "main.bicep",
                "param entraClientId string",
                "param entraClientSecret string = ''\nparam entraClientId string",
                "a secret is no parameter"
            },
            {
                "modules/app-login.bicep",
                "${environment().authentication.loginEndpoint}",
                "https://login.microsoftonline.com/",
                "an address of one cloud"
            },
            {
                "modules/app-settings.bicep",
                "FunctionTune__Store:",
                "FunctionTune__Shop:",
                "nobody reads the setting 'FunctionTune__Shop'"
            },
            {
                "modules/app-settings.bicep",
                "  FunctionTune__Store: store\n",
                "",
                "the app reads 'FunctionTune__Store', and nothing sets it"
            },
        };

    [Theory]
    [MemberData(nameof(Damages))]
    public void A_damage_is_found(string file, string text, string damage, string finding)
    {
        Programs.NeedNode();

        IReadOnlyList<Finding> found = Gate.Check(copies.Folder(file, text, damage));

        Assert.Contains(found, each => $"{each}".Contains(finding, StringComparison.Ordinal));
    }
}
