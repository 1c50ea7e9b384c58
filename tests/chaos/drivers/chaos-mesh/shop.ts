import type { ChaosMeshTarget } from '../../../../model/chaos-mesh-target.ts'
import { chaosMeshTargetSchema } from '../../../../model/chaos-mesh-target.ts'

const pods = (app: string) => ({ labelSelectors: { app } })

/** A target that names everything that its faults need; `recup` is the three pods with `app=web` of `furnish`. */
export const shop = (change: Readonly<Record<string, unknown>> = {}): ChaosMeshTarget =>
  chaosMeshTargetSchema.parse({
    namespace: 'shop',
    clients: { addresses: ['192.0.2.0/24'] },
    components: {
      recup: { ...pods('web'), container: 'app' },
      'recup.store': { ...pods('db'), volumePath: '/var/lib/data' },
      prescriptions: { ...pods('db'), dnsNames: ['prescriptions.shop.svc.cluster.local', 'prescriptions'] },
      ...Object.fromEntries(['emergency', 'reports', 'imaging', 'identity', 'queue'].map((name) => [name, pods('db')])),
      ...Object.fromEntries(
        ['emergency.store', 'imaging.store'].map((name) => [name, { ...pods('db'), volumePath: '/var/lib/data' }]),
      ),
    },
    ...change,
  })
