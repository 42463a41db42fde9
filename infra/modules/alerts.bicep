metadata description = 'Letters when studies cannot go on.'

param name string
param location string
param tags object

@description('Who is written to.')
param email string

@description('Resource id of Application Insights.')
param insightsId string

var rules = [
  {
    name: 'errors'
    description: 'The app failed more than ten times in a quarter of an hour.'
    query: 'exceptions | summarize value = count()'
  }
  {
    name: 'failures'
    description: 'Functions of the app ended with an error more than ten times in a quarter of an hour.'
    query: 'requests | where success == false and resultCode !startswith "4" | summarize value = count()'
  }
]

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-${name}'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'functiontune'
    enabled: true
    emailReceivers: [
      {
        name: 'people'
        emailAddress: email
        useCommonAlertSchema: true
      }
    ]
  }
}

resource alerts 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in rules: {
    name: 'alert-${name}-${rule.name}'
    location: location
    tags: tags
    properties: {
      description: rule.description
      severity: 2
      enabled: true
      scopes: [
        insightsId
      ]
      evaluationFrequency: 'PT15M'
      windowSize: 'PT15M'
      criteria: {
        allOf: [
          {
            query: rule.query
            metricMeasureColumn: 'value'
            timeAggregation: 'Total'
            operator: 'GreaterThan'
            threshold: 10
          }
        ]
      }
      actions: {
        actionGroups: [
          people.id
        ]
      }
    }
  }
]
