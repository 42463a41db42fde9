metadata description = 'The storage account that holds studies and data sets, in one container laid out like a local store.'

@description('Name of the account, unique in Azure.')
@minLength(3)
@maxLength(24)
param name string

param location string

@description('Who reads and writes studies: a list of objects with the object id in Entra, id, and its type, User, Group or ServicePrincipal.')
param readersAndWriters array

param redundancy string
param daysToRestore int

@description('Whether the account is reached by private endpoints only.')
param isPrivate bool

@description('Resource id of a Databricks access connector that the firewall of a private account lets in; empty for none.')
param accessConnectorId string

param tags object

var roles = loadJsonContent('../roles.json')
var containerName = 'functiontune'

// Read, write and delete blobs; no keys, no settings of the account.
var contributor = roles['Storage Blob Data Contributor']

var connectors = [
  {
    tenantId: tenant().tenantId
    resourceId: accessConnectorId
  }
]

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    name: redundancy
  }
  properties: {
    accessTier: 'Hot'
    isHnsEnabled: true
    supportsHttpsTrafficOnly: true
    minimumTlsVersion: 'TLS1_2'
    allowSharedKeyAccess: false
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    defaultToOAuthAuthentication: true
    // A firewall that lets one connector in needs the public address; without a connector it is off.
    publicNetworkAccess: isPrivate && empty(accessConnectorId) ? 'Disabled' : 'Enabled'
    networkAcls: {
      defaultAction: isPrivate ? 'Deny' : 'Allow'
      bypass: isPrivate ? 'None' : 'AzureServices'
      resourceAccessRules: isPrivate && !empty(accessConnectorId) ? connectors : []
    }
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2023-05-01' = {
  parent: account
  name: 'default'
  properties: {
    deleteRetentionPolicy: {
      enabled: true
      days: daysToRestore
    }
    containerDeleteRetentionPolicy: {
      enabled: true
      days: daysToRestore
    }
  }
}

resource container 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' = {
  parent: blobs
  name: containerName
  properties: {
    publicAccess: 'None'
  }
}

resource access 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for each in readersAndWriters: {
    name: guid(account.id, each.id, contributor)
    scope: container
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', contributor)
      principalId: each.id
      principalType: each.type
    }
  }
]

output id string = account.id
output accountName string = account.name
output containerUrl string = '${account.properties.primaryEndpoints.blob}${container.name}'
output lakeUrl string = 'abfss://${container.name}@${account.name}.dfs.${environment().suffixes.storage}'
