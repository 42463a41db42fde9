metadata description = 'Settings of the function app: what the host, Durable Task and the program read from their environment.'

@description('Name of the function app.')
param appName string

@description('Client id of the app\'s identity.')
param clientId string

@description('Addresses of the host\'s storage: blob, queue, table.')
param hostStorage object

@description('Where telemetry goes.')
param telemetryConnection string

@description('Name of the task hub.')
param hubName string

@description('How a Durable Task Scheduler is reached; empty when storage keeps the orchestrations.')
param schedulerConnection string

@description('The container of the studies, as a URL.')
param store string

@description('Address of the Databricks workspace; empty for none.')
param databricksHost string

@description('Address of the secret in the vault with which the workspace is called; empty for the app\'s identity.')
param databricksTokenUrl string

@description('Address of a Livy server; empty for none.')
param livyUrl string

@description('Where trials on a cluster leave their files.')
param staging string

@description('Client id of the app\'s registration in Entra; empty for none.')
param entraClientId string

@description('Where the program sends spans, metrics and logs by OTLP; empty for nowhere.')
param telemetryEndpoint string

param mostTrials int
param mostAtOnce int
param mostAttempts int
param longestTrial string

@description('Studies that begin by the clock: their names, and each as a schedule in the words of docs/azure.md.')
param schedules object

var host = {
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: clientId
  AzureWebJobsStorage__blobServiceUri: hostStorage.blob
  AzureWebJobsStorage__queueServiceUri: hostStorage.queue
  AzureWebJobsStorage__tableServiceUri: hostStorage.table
  APPLICATIONINSIGHTS_CONNECTION_STRING: telemetryConnection
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${clientId};Authorization=AAD'
  TASKHUB_NAME: hubName
}

// Settings of host.json, said otherwise for this backend.
var scheduler = {
  DURABLE_TASK_SCHEDULER_CONNECTION_STRING: schedulerConnection
  AzureFunctionsJobHost__extensions__durableTask__storageProvider__type: 'azureManaged'
  AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionStringName: 'DURABLE_TASK_SCHEDULER_CONNECTION_STRING'
}

var program = {
  // Which of the app's identities the clients of Azure take.
  AZURE_CLIENT_ID: clientId
  FunctionTune__Store: store
  FunctionTune__Limits__MaxEvals: string(mostTrials)
  FunctionTune__Limits__Parallelism: string(mostAtOnce)
  FunctionTune__Limits__MaxAttempts: string(mostAttempts)
}

var time = {
  FunctionTune__Limits__TrialTimeout: longestTrial
}

var collector = {
  OTEL_EXPORTER_OTLP_ENDPOINT: telemetryEndpoint
}

var workspace = {
  FunctionTune__Databricks__Host: databricksHost
}

var livy = {
  LIVY_URL: livyUrl
}

var files = {
  FUNCTIONTUNE_STAGING: staging
}

var workspaceToken = {
  DATABRICKS_TOKEN_SECRET: databricksTokenUrl
}

var login = {
  FunctionTune__Entra__TenantId: tenant().tenantId
  FunctionTune__Entra__ClientId: entraClientId
}

resource app 'Microsoft.Web/sites@2024-04-01' existing = {
  name: appName
}

resource settings 'Microsoft.Web/sites/config@2024-04-01' = {
  parent: app
  name: 'appsettings'
  properties: union(
    host,
    empty(schedulerConnection) ? {} : scheduler,
    program,
    empty(longestTrial) ? {} : time,
    empty(telemetryEndpoint) ? {} : collector,
    empty(databricksHost) ? {} : workspace,
    empty(livyUrl) ? {} : livy,
    empty('${databricksHost}${livyUrl}') ? {} : files,
    empty(databricksTokenUrl) ? {} : workspaceToken,
    empty(entraClientId) ? {} : login,
    toObject(items(schedules), each => 'FunctionTune__Schedules__${each.key}', each => string(each.value))
  )
}
