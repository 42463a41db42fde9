using 'main.bicep'

param namePrefix = 'ftunedev'
param principalId = readEnvironmentVariable('FUNCTIONTUNE_PRINCIPAL_ID')
param principalType = 'User'
param daysToRestore = 1
param tags = {
  application: 'functiontune'
  environment: 'dev'
}
