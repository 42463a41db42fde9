metadata description = 'What the clusters of a Databricks workspace in a network of ours may send and receive. Databricks asks for these rules, by these names.'

param name string
param location string
param tags object

var prefix = 'Microsoft.Databricks-workspaces_UseOnly_databricks-worker-to'
var rules = [
  {
    name: '${prefix}-worker-inbound'
    direction: 'Inbound'
    to: 'VirtualNetwork'
    protocol: '*'
    ports: [
      '*'
    ]
  }
  {
    name: '${prefix}-databricks-webapp'
    direction: 'Outbound'
    to: 'AzureDatabricks'
    protocol: 'Tcp'
    ports: [
      '443'
      '3306'
      '8443-8451'
    ]
  }
  {
    name: '${prefix}-sql'
    direction: 'Outbound'
    to: 'Sql'
    protocol: 'Tcp'
    ports: [
      '3306'
    ]
  }
  {
    name: '${prefix}-storage'
    direction: 'Outbound'
    to: 'Storage'
    protocol: 'Tcp'
    ports: [
      '443'
    ]
  }
  {
    name: '${prefix}-worker-outbound'
    direction: 'Outbound'
    to: 'VirtualNetwork'
    protocol: '*'
    ports: [
      '*'
    ]
  }
  {
    name: '${prefix}-eventhub'
    direction: 'Outbound'
    to: 'EventHub'
    protocol: 'Tcp'
    ports: [
      '9093'
    ]
  }
]

resource group 'Microsoft.Network/networkSecurityGroups@2023-11-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    securityRules: [
      for (rule, i) in rules: {
        name: rule.name
        properties: {
          priority: 100 + i
          access: 'Allow'
          direction: rule.direction
          protocol: rule.protocol
          sourceAddressPrefix: 'VirtualNetwork'
          sourcePortRange: '*'
          destinationAddressPrefix: rule.to
          destinationPortRanges: rule.ports
        }
      }
    ]
  }
}

output id string = group.id
