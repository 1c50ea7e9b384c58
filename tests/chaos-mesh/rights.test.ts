import { startCluster } from './fake-api/cluster.ts'
import { rightsSuite } from './suite/rights.ts'

rightsSuite(startCluster)
