import { describe } from 'vitest'
import { startCluster } from '../../../chaos-mesh/fake-api/cluster.ts'
import { badClusterSuite } from './bad-cluster-suite.ts'
import { leaseSuite } from './lease-suite.ts'
import { preflightSuite } from './preflight-suite.ts'

preflightSuite(startCluster)
leaseSuite(startCluster)

describe('a cluster that cannot be used:', () => badClusterSuite(startCluster))
