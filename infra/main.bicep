targetScope = 'resourceGroup'

metadata description = 'FunctionTune on Azure: the function app, its storage, its telemetry, and a Databricks workspace to run trials on.'

@description('Begins the names of all resources. Lower case letters and digits, a letter first.')
@minLength(3)
@maxLength(11)
param namePrefix string

@description('Where the resources lie.')
param location string = resourceGroup().location

@description('Object id in Entra of who reads and writes studies beside the app: a person, a group, or an identity.')
@minLength(36)
param principalId string

@description('What kind of object that is.')
@allowed([
  'User'
  'Group'
  'ServicePrincipal'
])
param principalType string = 'User'

@description('How the studies are copied: within one datacentre, across zones, or to a second region.')
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

@description('Whether a deleted vault is kept for its days of grace, whoever wants it gone.')
param protectVault bool = true

@description('What keeps the orchestrations: queues and tables of the host\'s storage account, or a Durable Task Scheduler.')
@allowed([
  'azureStorage'
  'durableTaskScheduler'
])
param durableBackend string = 'azureStorage'

@description('Which Databricks workspace runs trials: a new one, an existing one, or none.')
@allowed([
  'new'
  'existing'
  'none'
])
param databricks string = 'none'

@description('Address of the existing workspace, such as https://adb-1234567890123456.7.azuredatabricks.net.')
param databricksHost string = ''

@description('Name of the secret in the vault that holds a token of the workspace; empty when the workspace knows the app\'s identity.')
param databricksTokenName string = ''

@description('Address of an Apache Livy server that runs trials; empty for none.')
param livyUrl string = ''

@description('Where on Databricks trials leave their files, a folder of a volume such as /Volumes/main/functiontune/studies; empty for the container of the studies.')
param databricksStaging string = ''

@description('Client id of the app\'s registration in Entra; empty to let function keys alone decide.')
param entraClientId string = ''

@description('Whether storage and secrets are reached through a virtual network only.')
param privateNetworking bool = false

@description('Addresses of that network: a /16.')
param addressSpace string = '10.60.0.0/16'

@description('Memory of an instance of the app, in megabytes.')
@allowed([
  512
  2048
  4096
])
param instanceMemoryMB int = 2048

@description('How many instances there are at most.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('How many instances stand ready, in use or not. With one, a study begins at once; with none, after a cold start.')
@minValue(0)
@maxValue(20)
param alwaysReadyCount int = 1

@description('How many trials a study may have.')
@minValue(1)
param mostTrials int = 10000

@description('How many trials of a study may run at once.')
@minValue(1)
@maxValue(128)
param mostAtOnce int = 128

@description('How many attempts at a trial a study may ask for.')
@minValue(1)
param mostAttempts int = 10

@description('The longest time that a trial may be given, such as 1.00:00:00 for a day; then every study must say one. Empty for any.')
param longestTrial string = ''

@description('Studies that begin by the clock: their names, and each as a schedule in the words of docs/azure.md.')
param schedules object = {}

@description('Where the program sends its own spans, metrics and logs by OTLP, such as a collector; empty for nowhere.')
param telemetryEndpoint string = ''

@description('How many days telemetry is kept.')
@minValue(30)
@maxValue(730)
param telemetryDays int = 30

@description('Gigabytes of telemetry a day after which no more is taken in; -1 for no end.')
param telemetryDailyGigabytes int = 1

@description('Who is written to when studies cannot go on; empty for nobody.')
param alertEmail string = ''

@description('Tags of all resources.')
param tags object = {}

var token = uniqueString(resourceGroup().id, namePrefix)
var name = '${namePrefix}-${token}'
var hubName = 'functiontune${take(token, 6)}'

module identity 'modules/identity.bicep' = {
  name: 'identity'
  params: {
    name: 'id-${name}'
    location: location
    tags: tags
  }
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  params: {
    name: name
    location: location
    tags: tags
    senderPrincipalId: identity.outputs.principalId
    retentionDays: telemetryDays
    dailyGigabytes: telemetryDailyGigabytes
  }
}

module alerts 'modules/alerts.bicep' = if (!empty(alertEmail)) {
  name: 'alerts'
  params: {
    name: name
    location: location
    tags: tags
    email: alertEmail
    insightsId: monitoring.outputs.insightsId
  }
}

module hostStorage 'modules/host-storage.bicep' = {
  name: 'host-storage'
  params: {
    name: '${take(namePrefix, 7)}host${token}'
    location: location
    tags: tags
    appPrincipalId: identity.outputs.principalId
    isPrivate: privateNetworking
  }
}

module connector 'modules/access-connector.bicep' = if (databricks != 'none') {
  name: 'access-connector'
  params: {
    name: 'dbac-${name}'
    location: location
    tags: tags
  }
}

var people = [
  {
    id: principalId
    type: principalType
  }
  {
    id: identity.outputs.principalId
    type: 'ServicePrincipal'
  }
]
var clusters = databricks == 'none' ? [] : [
  {
    id: connector!.outputs.principalId
    type: 'ServicePrincipal'
  }
]

module data 'modules/data-storage.bicep' = {
  name: 'data-storage'
  params: {
    name: '${namePrefix}${token}'
    location: location
    readersAndWriters: concat(people, clusters)
    redundancy: redundancy
    daysToRestore: daysToRestore
    isPrivate: privateNetworking
    accessConnectorId: databricks == 'none' ? '' : connector!.outputs.id
    tags: tags
  }
}

module vault 'modules/key-vault.bicep' = {
  name: 'key-vault'
  params: {
    name: '${take(namePrefix, 8)}-kv-${take(token, 12)}'
    location: location
    tags: tags
    readerPrincipalId: identity.outputs.principalId
    isPrivate: privateNetworking
    isPurgeProtected: protectVault
  }
}

module network 'modules/network.bicep' = if (privateNetworking) {
  name: 'network'
  params: {
    name: name
    location: location
    tags: tags
    addressSpace: addressSpace
  }
}

module privateAccess 'modules/private-access.bicep' = if (privateNetworking) {
  name: 'private-access'
  params: {
    name: name
    location: location
    tags: tags
    networkId: network!.outputs.id
    subnetId: network!.outputs.endpointSubnetId
    hostStorageId: hostStorage.outputs.id
    dataStorageId: data.outputs.id
    vaultId: vault.outputs.id
  }
}

module scheduler 'modules/task-scheduler.bicep' = if (durableBackend == 'durableTaskScheduler') {
  name: 'task-scheduler'
  params: {
    name: 'dts-${name}'
    location: location
    tags: tags
    hubName: hubName
    appPrincipalId: identity.outputs.principalId
    appClientId: identity.outputs.clientId
  }
}

module workspace 'modules/databricks.bicep' = if (databricks == 'new') {
  name: 'databricks'
  params: {
    name: 'dbw-${name}'
    location: location
    tags: tags
    networkId: privateNetworking ? network!.outputs.id : ''
    hostSubnet: privateNetworking ? network!.outputs.hostSubnet : ''
    containerSubnet: privateNetworking ? network!.outputs.containerSubnet : ''
  }
}

var workspaceUrl = databricks == 'new' ? workspace!.outputs.host : databricksHost

module app 'modules/function-app.bicep' = {
  name: 'function-app'
  params: {
    name: 'func-${name}'
    location: location
    tags: tags
    identityId: identity.outputs.id
    packageUrl: hostStorage.outputs.packageUrl
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    alwaysReadyCount: alwaysReadyCount
    subnetId: privateNetworking ? network!.outputs.appSubnetId : ''
  }
  dependsOn: [
    privateAccess
  ]
}

module settings 'modules/app-settings.bicep' = {
  name: 'app-settings'
  params: {
    appName: app.outputs.name
    clientId: identity.outputs.clientId
    hostStorage: {
      blob: hostStorage.outputs.blobUrl
      queue: hostStorage.outputs.queueUrl
      table: hostStorage.outputs.tableUrl
    }
    telemetryConnection: monitoring.outputs.connectionString
    hubName: hubName
    schedulerConnection: durableBackend == 'durableTaskScheduler' ? scheduler!.outputs.connection : ''
    store: data.outputs.containerUrl
    databricksHost: workspaceUrl
    databricksTokenUrl: empty(databricksTokenName) ? '' : '${vault.outputs.url}secrets/${databricksTokenName}'
    livyUrl: livyUrl
    staging: empty(databricksStaging) ? data.outputs.lakeUrl : databricksStaging
    entraClientId: entraClientId
    mostTrials: mostTrials
    mostAtOnce: mostAtOnce
    mostAttempts: mostAttempts
    longestTrial: longestTrial
    schedules: schedules
    telemetryEndpoint: telemetryEndpoint
  }
}

module login 'modules/app-login.bicep' = if (!empty(entraClientId)) {
  name: 'app-login'
  params: {
    appName: app.outputs.name
    clientId: entraClientId
  }
  // A site takes one change at a time.
  dependsOn: [
    settings
  ]
}

@description('Name of the function app.')
output appName string = app.outputs.name

@description('Where it is called.')
output appUrl string = app.outputs.url

@description('Client id of its identity, by which Databricks knows it.')
output identityClientId string = identity.outputs.clientId

@description('Name of the storage account of the studies.')
output accountName string = data.outputs.accountName

@description('Where the studies lie, as a URL.')
output containerUrl string = data.outputs.containerUrl

@description('Where Spark finds them.')
output lakeUrl string = data.outputs.lakeUrl

@description('Address of the Databricks workspace; empty when there is none.')
output databricksHost string = workspaceUrl

@description('Resource id of the access connector for Unity Catalog; empty when there is no workspace.')
output accessConnectorId string = databricks == 'none' ? '' : connector!.outputs.id

@description('Name of the vault.')
output vaultName string = vault.outputs.name

@description('Name of Application Insights.')
output insightsName string = monitoring.outputs.insightsName
