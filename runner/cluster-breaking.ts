import { chaosMeshDriver } from '../chaos/drivers/chaos-mesh/chaos-mesh-driver.ts'
import { type ClusterRequest, openCluster } from '../chaos/drivers/chaos-mesh/open-cluster.ts'
import type { Breaking } from './breaking.ts'

/** Experiments of Chaos Mesh, on a cluster that was looked at and is held until it is closed. Throws a Failure; nothing is changed then. */
export const clusterBreaking = async (
  request: ClusterRequest & { readonly tell: (text: string) => void },
): Promise<Breaking> => {
  const cluster = await openCluster(request)
  try {
    for (const line of cluster.lines) request.tell(`cluster   ${line}`)
    await cluster.hold()
  } catch (error) {
    await cluster.close()
    throw error
  }
  const driver = chaosMeshDriver(cluster.context)
  return { opening: {}, driverOf: () => driver, lost: () => cluster.lost(), close: () => cluster.close() }
}
