using 'main.bicep'

param namePrefix = readEnvironmentVariable('FUNCTIONTUNE_PREFIX', 'ftune')
param principalId = readEnvironmentVariable('FUNCTIONTUNE_PRINCIPAL_ID')
param principalType = readEnvironmentVariable('FUNCTIONTUNE_PRINCIPAL_TYPE', 'Group')
param redundancy = 'Standard_ZRS'
param daysToRestore = 30
param privateNetworking = true
param alwaysReadyCount = 1
param maximumInstanceCount = 100
param telemetryDays = 90
param telemetryDailyGigabytes = 5
param databricks = readEnvironmentVariable('FUNCTIONTUNE_DATABRICKS', 'new')
param databricksHost = readEnvironmentVariable('FUNCTIONTUNE_DATABRICKS_HOST', '')
param databricksStaging = readEnvironmentVariable('FUNCTIONTUNE_DATABRICKS_STAGING', '')
// In production callers are people and programs that Entra knows: without a registration nothing is deployed.
param entraClientId = readEnvironmentVariable('FUNCTIONTUNE_ENTRA_CLIENT_ID')
param alertEmail = readEnvironmentVariable('FUNCTIONTUNE_ALERT_EMAIL', '')
param tags = {
  application: 'functiontune'
  environment: 'prod'
}
