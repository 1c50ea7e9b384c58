import { afterAll, beforeAll, describe } from 'vitest'
import { undoObject } from '../../../../chaos/drivers/chaos-mesh/undo-object.ts'
import type { StartCluster } from '../../../chaos-mesh/suite/cluster.ts'
import { conformance } from '../conformance.ts'
import { conformanceScene } from './conformance-scene.ts'
import { reaching } from './driver-scene.ts'

/** Where the health check tells that a fault is gone, or where nothing is left to recover. */
const isSeenGone = ['latency', 'partition', 'kill']

/** What every driver owes, on a cluster with Chaos Mesh. */
export const conformanceSuite = (start: StartCluster): void => {
  describe('the driver for Chaos Mesh', () => {
    let scene: Awaited<ReturnType<typeof conformanceScene>>

    beforeAll(async () => {
      scene = await conformanceScene(start)
    })
    afterAll(() => scene?.[Symbol.asyncDispose]())

    conformance({
      driver: () => scene.driver,
      cannot: [
        ...(['reset', 'slicing', 'stall-and-reset', 'expired-certificate', 'freeze'] as const),
        ...(['http-error', 'slow-body', 'truncated-body', 'altered-body'] as const),
      ],
      // The object of a kill stays when its run is gone, and keeps the next one out.
      leavesNothing: [],
      isThere: async (undoing) =>
        'object' in undoing && (await scene.cluster.server.names()).includes(undoing.object.name),
      // Its run goes on and makes the next one.
      isUndoneApart: ({ kind }) => kind !== 'rolling-restart',
      unseenEnd: ({ kind }) =>
        isSeenGone.includes(kind) ? undefined : / is gone, and its recovery was not seen: make its pods anew$/,
      hasNumberedReplicas: false,
      // There is no way past a fault to ask over.
      health: {
        told: ['recup', 'prescriptions', 'identity'],
        fault: { kind: 'partition', component: 'clients→recup' },
        taken: ['recup'],
      },
      undo: async (undoing) =>
        'object' in undoing
          ? scene.cluster.clock.during(undoObject(undoing.object, reaching(scene.cluster)))
          : 'expected an object',
      pause: async (ms) => {
        const { clock } = scene.cluster
        await clock.during(clock.sleepUntil(clock.nowUnixMs() + ms, new AbortController().signal))
      },
    })
  })
}
