metadata description = 'A Databricks workspace whose clusters have no public addresses.'

param name string
param location string
param tags object

@description('Resource id of the virtual network for its clusters; empty for one of its own.')
param networkId string

param hostSubnet string
param containerSubnet string

var ownNetwork = {
  enableNoPublicIp: {
    value: true
  }
}
var givenNetwork = {
  enableNoPublicIp: {
    value: true
  }
  customVirtualNetworkId: {
    value: networkId
  }
  customPublicSubnetName: {
    value: hostSubnet
  }
  customPrivateSubnetName: {
    value: containerSubnet
  }
}

resource workspace 'Microsoft.Databricks/workspaces@2024-05-01' = {
  name: name
  location: location
  tags: tags
  sku: {
    // Cluster policies, permissions and Unity Catalog need it.
    name: 'premium'
  }
  properties: {
    managedResourceGroupId: subscriptionResourceId('Microsoft.Resources/resourceGroups', 'rg-${name}')
    publicNetworkAccess: 'Enabled'
    requiredNsgRules: 'AllRules'
    parameters: empty(networkId) ? ownNetwork : givenNetwork
  }
}

output host string = 'https://${workspace.properties.workspaceUrl}'
output id string = workspace.id
