import { startCluster } from '../../../chaos-mesh/fake-api/cluster.ts'
import { driverSuite } from './driver-suite.ts'

driverSuite(startCluster)
