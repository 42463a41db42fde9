metadata description = 'The storage account that holds studies and data sets, in one container laid out like a local store.'

@description('Name of the account, unique in Azure.')
@minLength(3)
@maxLength(24)
param name string

param location string
param principalId string
param principalType string
param redundancy string
param daysToRestore int
param tags object

var containerName = 'functiontune'

// Storage Blob Data Contributor: read, write and delete blobs; no keys, no settings of the account.
var blobDataContributor = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'

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

resource access 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account.id, principalId, blobDataContributor)
  scope: container
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', blobDataContributor)
    principalId: principalId
    principalType: principalType
  }
}

output accountName string = account.name
output containerUrl string = '${account.properties.primaryEndpoints.blob}${containerName}'
