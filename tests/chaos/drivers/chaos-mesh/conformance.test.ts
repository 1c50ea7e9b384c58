import { startCluster } from '../../../chaos-mesh/fake-api/cluster.ts'
import { conformanceSuite } from './conformance-suite.ts'

conformanceSuite(startCluster)
