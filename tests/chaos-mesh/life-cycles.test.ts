import { startCluster } from './fake-api/cluster.ts'
import { lifeCycleSuite } from './suite/life-cycles.ts'

lifeCycleSuite(startCluster)
