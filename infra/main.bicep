targetScope = 'resourceGroup'

@description('Begins the names of all resources. Lower case letters and digits.')
@minLength(3)
@maxLength(11)
param namePrefix string

@description('Where the resources lie.')
param location string = resourceGroup().location

@description('Object id in Entra of who reads and writes studies: a person, a group, or an identity.')
param principalId string

@description('What kind of object that is.')
@allowed([
  'User'
  'Group'
  'ServicePrincipal'
])
param principalType string = 'User'

@description('How the data is copied: within one datacentre, across zones, or to a second region.')
@allowed([
  'Standard_LRS'
  'Standard_ZRS'
  'Standard_GRS'
])
param redundancy string = 'Standard_LRS'

@description('How many days a deleted blob can be brought back.')
@minValue(1)
@maxValue(365)
param daysToRestore int = 7

@description('Tags of all resources.')
param tags object = {}

module data 'modules/data-storage.bicep' = {
  name: 'data-storage'
  params: {
    name: toLower('${namePrefix}${uniqueString(resourceGroup().id, namePrefix)}')
    location: location
    principalId: principalId
    principalType: principalType
    redundancy: redundancy
    daysToRestore: daysToRestore
    tags: tags
  }
}

@description('Name of the storage account.')
output accountName string = data.outputs.accountName

@description('Where the studies lie, as a URL.')
output containerUrl string = data.outputs.containerUrl
