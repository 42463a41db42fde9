metadata description = 'Letters when studies cannot go on: errors of the app, or a service that keeps it waiting.'

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
    threshold: 10
  }
  {
    name: 'throttled'
    description: 'A service that runs trials refused more than a hundred calls in a quarter of an hour, because there were too many.'
    query: 'customMetrics | where name == "functiontune.backend.throttled" | summarize value = sum(valueSum)'
    threshold: 100
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
            threshold: rule.threshold
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
