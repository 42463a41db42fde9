metadata description = 'Private endpoints for both storage accounts and the vault, with the DNS zones that lead to them.'

param name string
param location string
param tags object
param networkId string
param subnetId string
param hostStorageId string
param dataStorageId string
param vaultId string

var suffix = environment().suffixes.storage
var services = [
  'blob'
  'queue'
  'table'
  'dfs'
  'vault'
]
var zones = [
  'privatelink.blob.${suffix}'
  'privatelink.queue.${suffix}'
  'privatelink.table.${suffix}'
  'privatelink.dfs.${suffix}'
  // The suffix of Azure as the vault's private link spells it: .vaultcore. for .vault.
  'privatelink${replace(environment().suffixes.keyvaultDns, '.vault.', '.vaultcore.')}'
]

// Each with the place of its service in the lists above.
var targets = [
  {
    name: 'host-blob'
    id: hostStorageId
    service: 0
  }
  {
    name: 'host-queue'
    id: hostStorageId
    service: 1
  }
  {
    name: 'host-table'
    id: hostStorageId
    service: 2
  }
  {
    name: 'data-blob'
    id: dataStorageId
    service: 0
  }
  {
    name: 'data-dfs'
    id: dataStorageId
    service: 3
  }
  {
    name: 'vault'
    id: vaultId
    service: 4
  }
]

module dns 'private-zone.bicep' = [
  for (zone, i) in zones: {
    name: 'zone-${services[i]}'
    params: {
      name: zone
      networkId: networkId
      tags: tags
    }
  }
]

module endpoints 'private-endpoint.bicep' = [
  for target in targets: {
    name: 'endpoint-${target.name}'
    params: {
      name: 'pe-${name}-${target.name}'
      location: location
      tags: tags
      subnetId: subnetId
      targetId: target.id
      service: services[target.service]
      zoneId: dns[target.service].outputs.id
    }
  }
]
