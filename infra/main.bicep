metadata description = 'What jobs on Azure need: a Batch account and a storage account without keys, a pool with an identity, and roles.'

@description('Region of everything.')
param location string = resourceGroup().location

@description('Begins every name: lower case letters and digits. Account names go on with letters that make them unique.')
@minLength(3)
@maxLength(11)
param prefix string = 'fits'

@description('Object id of who submits jobs: a person, a group, an application or a managed identity.')
@minLength(36)
@maxLength(36)
param submitterId string

@description('What that object id is of; applications and managed identities are service principals.')
@allowed(['User', 'Group', 'ServicePrincipal'])
param submitterType string = 'User'

@description('Whether who submits may also make, change and remove pools. The pool that is made here needs no such right.')
param submitterManagesPools bool = false

@description('Id of the pool.')
@minLength(1)
@maxLength(64)
param poolId string = 'fits'

@description('Size of the pool\'s machines.')
param vmSize string = 'Standard_D4s_v5'

@description('Tasks that run on one machine at a time: one per core.')
@minValue(1)
@maxValue(256)
param taskSlotsPerNode int = 4

@description('Spot machines: cheaper, and may be taken away. With scaleToQueue the most there may be.')
@minValue(0)
param spotNodeCount int = 4

@description('Dedicated machines. With scaleToQueue the most there may be, taken before Spot machines.')
@minValue(0)
param dedicatedNodeCount int = 0

@description('Lets the pool follow the queue and go to zero when it is empty. Otherwise machines stay, and cost money.')
param scaleToQueue bool = true

// Built-in roles have the same ids everywhere.
var roles = {
  batchDataContributor: '6aaa78f1-f7de-44ca-8722-c64a23943cae'
  batchJobSubmitter: '48e5e92e-a480-4e71-aa9c-2778f4c13781'
  storageBlobDataContributor: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
}
var batchRole = submitterManagesPools ? roles.batchDataContributor : roles.batchJobSubmitter
var accountName = '${prefix}${uniqueString(resourceGroup().id)}'

// Before there are samples, which take the service a few minutes, a maximum over them would be an error: the formula asks first.
var formula = '''
slots = {0};
maxDedicated = {1};
maxSpot = {2};
samples = $PendingTasks.GetSamplePercent(TimeInterval_Minute * 5);
tasks = samples < 1 ? 0 : max($PendingTasks.GetSample(1));
nodes = (tasks + slots - 1) / slots;
$TargetDedicatedNodes = min(maxDedicated, nodes);
$TargetLowPriorityNodes = max(0, min(maxSpot, nodes - maxDedicated));
$NodeDeallocationOption = taskcompletion;
'''

// Nodes write results, each run into a container of its own. Records, workers and plans lie in these two, which a task must not change.
var homeContainer = 'sparsesc'
var inputsContainer = '${homeContainer}-inputs'
var blobs = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs'
var changes = ['${blobs}/write', '${blobs}/add/action', '${blobs}/delete', '${blobs}/deleteBlobVersion/action', '${blobs}/move/action']
var isNoChange = join(map(changes, change => '!(ActionMatches{\'${change}\'})'), ' AND ')
var container = '@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name]'
var isOfRun = '${container} StringNotEquals \'${homeContainer}\' AND ${container} StringNotEquals \'${inputsContainer}\''

resource storage 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: accountName
  location: location
  sku: { name: 'Standard_LRS' }
  kind: 'StorageV2'
  properties: {
    allowSharedKeyAccess: false
    allowBlobPublicAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }
}

resource batch 'Microsoft.Batch/batchAccounts@2024-07-01' = {
  name: accountName
  location: location
  properties: {
    allowedAuthenticationModes: ['AAD']
  }
}

resource nodeIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${prefix}-nodes'
  location: location
}

resource pool 'Microsoft.Batch/batchAccounts/pools@2024-07-01' = {
  parent: batch
  name: poolId
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${nodeIdentity.id}': {} }
  }
  properties: {
    vmSize: vmSize
    taskSlotsPerNode: taskSlotsPerNode
    deploymentConfiguration: {
      virtualMachineConfiguration: {
        nodeAgentSkuId: 'batch.node.ubuntu 24.04'
        imageReference: { publisher: 'canonical', offer: 'ubuntu-24_04-lts', sku: 'server', version: 'latest' }
      }
    }
    scaleSettings: scaleToQueue
      ? {
          autoScale: {
            evaluationInterval: 'PT5M'
            formula: format(formula, taskSlotsPerNode, dedicatedNodeCount, spotNodeCount)
          }
        }
      : {
          fixedScale: {
            targetDedicatedNodes: dedicatedNodeCount
            targetLowPriorityNodes: spotNodeCount
          }
        }
  }
}

resource submitterOnBatch 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: batch
  name: guid(batch.id, submitterId, batchRole)
  properties: {
    principalId: submitterId
    principalType: submitterType
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', batchRole)
  }
}

resource submitterOnStorage 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: storage
  name: guid(storage.id, submitterId, roles.storageBlobDataContributor)
  properties: {
    principalId: submitterId
    principalType: submitterType
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.storageBlobDataContributor)
  }
}

resource nodesOnStorage 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: storage
  name: guid(storage.id, nodeIdentity.id, roles.storageBlobDataContributor)
  properties: {
    principalId: nodeIdentity.properties.principalId
    principalType: 'ServicePrincipal'
    condition: '((${isNoChange}) OR (${isOfRun}))'
    conditionVersion: '2.0'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.storageBlobDataContributor)
  }
}

@description('The command that makes the configuration in PowerShell.')
output configLine string = join(
  [
    'New-SparseSCBatchConfig -BatchAccountName ${batch.name} -BatchAccountEndpoint https://${batch.properties.accountEndpoint}'
    '-StorageAccountName ${storage.name} -PoolId ${pool.name} -NodeIdentityId ${nodeIdentity.id}'
  ],
  ' '
)

@description('The same configuration as a file for the command line.')
output azureJson {
  backend: 'Azure'
  batchAccountName: string
  batchAccountEndpoint: string
  storageAccountName: string
  poolId: string
  nodeIdentityId: string
} = {
  backend: 'Azure'
  batchAccountName: batch.name
  batchAccountEndpoint: 'https://${batch.properties.accountEndpoint}'
  storageAccountName: storage.name
  poolId: pool.name
  nodeIdentityId: nodeIdentity.id
}
