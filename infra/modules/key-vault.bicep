metadata description = 'Secrets that no identity can replace, such as the token of a workspace in another tenant. Who may read them is said by roles.'

@description('Name of the vault, unique in Azure.')
@minLength(3)
@maxLength(24)
param name string

param location string
param tags object

@description('Principal id of the identity that reads secrets.')
param readerPrincipalId string

@description('Whether the vault is reached by a private endpoint only.')
param isPrivate bool

@description('Whether a deleted vault is kept for its days of grace, whoever wants it gone. Cannot be taken back.')
param isPurgeProtected bool

var roles = loadJsonContent('../roles.json')
var secretsUser = roles['Key Vault Secrets User']

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: {
      family: 'A'
      name: 'standard'
    }
    enableRbacAuthorization: true
    enableSoftDelete: true
    enablePurgeProtection: isPurgeProtected ? true : null
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
    networkAcls: {
      defaultAction: isPrivate ? 'Deny' : 'Allow'
      bypass: 'AzureServices'
    }
  }
}

resource reader 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, readerPrincipalId, secretsUser)
  scope: vault
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', secretsUser)
    principalId: readerPrincipalId
    principalType: 'ServicePrincipal'
  }
}

output id string = vault.id
output name string = vault.name
output url string = vault.properties.vaultUri
