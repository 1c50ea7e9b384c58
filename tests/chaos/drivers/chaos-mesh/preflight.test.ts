import { describe } from 'vitest'
import { startCluster } from '../../../chaos-mesh/fake-api/cluster.ts'
import { badClusterSuite, preflightSuite } from './preflight-suite.ts'

preflightSuite(startCluster)

describe('a cluster that cannot be used:', () => badClusterSuite(startCluster))
