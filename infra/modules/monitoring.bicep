metadata description = 'Where logs, spans and metrics go. Telemetry is accepted from Entra identities only.'

param name string
param location string
param tags object

@description('Principal id of the identity that sends telemetry.')
param senderPrincipalId string

@description('How many days logs are kept.')
param retentionDays int

@description('Gigabytes a day after which no more logs are taken in; -1 for no end.')
param dailyGigabytes int

var roles = loadJsonContent('../roles.json')
var publisher = roles['Monitoring Metrics Publisher']

resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: 'log-${name}'
  location: location
  tags: tags
  properties: {
    sku: {
      name: 'PerGB2018'
    }
    retentionInDays: retentionDays
    workspaceCapping: {
      dailyQuotaGb: dailyGigabytes
    }
    features: {
      disableLocalAuth: true
    }
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: 'appi-${name}'
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: logs.id
    DisableLocalAuth: true
  }
}

resource sender 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(insights.id, senderPrincipalId, publisher)
  scope: insights
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', publisher)
    principalId: senderPrincipalId
    principalType: 'ServicePrincipal'
  }
}

output insightsId string = insights.id
output insightsName string = insights.name

@description('Says where telemetry goes; without the identity it opens nothing.')
output connectionString string = insights.properties.ConnectionString
