using 'main.bicep'

param namePrefix = readEnvironmentVariable('FUNCTIONTUNE_PREFIX', 'ftunedev')
param principalId = readEnvironmentVariable('FUNCTIONTUNE_PRINCIPAL_ID')
param principalType = readEnvironmentVariable('FUNCTIONTUNE_PRINCIPAL_TYPE', 'User')
param daysToRestore = 1
param protectVault = false
param alwaysReadyCount = 0
param maximumInstanceCount = 40
param databricks = readEnvironmentVariable('FUNCTIONTUNE_DATABRICKS', 'none')
param databricksHost = readEnvironmentVariable('FUNCTIONTUNE_DATABRICKS_HOST', '')
param databricksStaging = readEnvironmentVariable('FUNCTIONTUNE_DATABRICKS_STAGING', '')
param entraClientId = readEnvironmentVariable('FUNCTIONTUNE_ENTRA_CLIENT_ID', '')
param tags = {
  application: 'functiontune'
  environment: 'dev'
  'azd-env-name': readEnvironmentVariable('AZURE_ENV_NAME', 'dev')
}
