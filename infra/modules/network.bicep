metadata description = 'A virtual network with a subnet for the app, one for private endpoints, and two for the clusters of Databricks, which leave it by one address.'

param name string
param location string
param tags object

@description('Addresses of the network, a /16 such as 10.60.0.0/16.')
param addressSpace string

module rules 'databricks-rules.bicep' = {
  name: 'databricks-rules'
  params: {
    name: 'nsg-${name}'
    location: location
    tags: tags
  }
}

resource address 'Microsoft.Network/publicIPAddresses@2023-11-01' = {
  name: 'pip-${name}'
  location: location
  tags: tags
  sku: {
    name: 'Standard'
  }
  properties: {
    publicIPAllocationMethod: 'Static'
  }
}

resource exit 'Microsoft.Network/natGateways@2023-11-01' = {
  name: 'nat-${name}'
  location: location
  tags: tags
  sku: {
    name: 'Standard'
  }
  properties: {
    publicIpAddresses: [
      {
        id: address.id
      }
    ]
  }
}

resource network 'Microsoft.Network/virtualNetworks@2023-11-01' = {
  name: 'vnet-${name}'
  location: location
  tags: tags
  properties: {
    addressSpace: {
      addressPrefixes: [
        addressSpace
      ]
    }
    subnets: [
      {
        name: 'app'
        properties: {
          addressPrefix: cidrSubnet(addressSpace, 24, 0)
          natGateway: {
            id: exit.id
          }
          delegations: [
            {
              // Flex Consumption wants this one; other plans of Functions want Microsoft.Web/serverFarms.
              name: 'app'
              properties: {
                serviceName: 'Microsoft.App/environments'
              }
            }
          ]
        }
      }
      {
        name: 'endpoints'
        properties: {
          addressPrefix: cidrSubnet(addressSpace, 24, 1)
        }
      }
      {
        name: 'databricks-hosts'
        properties: {
          addressPrefix: cidrSubnet(addressSpace, 22, 1)
          networkSecurityGroup: {
            id: rules.outputs.id
          }
          natGateway: {
            id: exit.id
          }
          delegations: [
            {
              name: 'databricks'
              properties: {
                serviceName: 'Microsoft.Databricks/workspaces'
              }
            }
          ]
        }
      }
      {
        name: 'databricks-containers'
        properties: {
          addressPrefix: cidrSubnet(addressSpace, 22, 2)
          networkSecurityGroup: {
            id: rules.outputs.id
          }
          natGateway: {
            id: exit.id
          }
          delegations: [
            {
              name: 'databricks'
              properties: {
                serviceName: 'Microsoft.Databricks/workspaces'
              }
            }
          ]
        }
      }
    ]
  }
}

output id string = network.id
output appSubnetId string = '${network.id}/subnets/app'
output endpointSubnetId string = '${network.id}/subnets/endpoints'
output hostSubnet string = 'databricks-hosts'
output containerSubnet string = 'databricks-containers'
