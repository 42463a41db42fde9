metadata description = 'Durable Task Scheduler: a service that keeps orchestrations, in place of queues and tables of the host\'s storage account.'

param name string
param location string
param tags object
param hubName string

@description('Principal id of the app\'s identity.')
param appPrincipalId string

@description('Client id of the app\'s identity.')
param appClientId string

var roles = loadJsonContent('../roles.json')
var contributor = roles['Durable Task Data Contributor']

resource scheduler 'Microsoft.DurableTask/schedulers@2025-11-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    // An empty list lets nobody in. Callers still need an Entra token and the role below.
    ipAllowlist: [
      '0.0.0.0/0'
    ]
    sku: {
      name: 'Consumption'
    }
  }
}

resource hub 'Microsoft.DurableTask/schedulers/taskHubs@2025-11-01' = {
  parent: scheduler
  name: hubName
}

resource access 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(hub.id, appPrincipalId, contributor)
  scope: hub
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', contributor)
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
  }
}

@description('What the host needs to know; it names an identity, and holds no secret.')
output connection string = 'Endpoint=${scheduler.properties.endpoint};Authentication=ManagedIdentity;ClientID=${appClientId}'
