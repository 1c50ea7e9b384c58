import { targetSchema } from '../../model/target.ts'
import type { Twin } from '../../twin/twin.ts'

/** A twin whose processes are numbered by the length of their names. */
const twin = { systems: ['recup', 'prescriptions'], pidsOf: (name: string) => [name.length] } as unknown as Twin

/** Open targets, as far as their processes are concerned. */
export const openTarget = (name: 'embedded' | 'containers' | 'staging') => ({
  target: targetSchema.parse({
    schemaVersion: 1,
    name,
    environment: name === 'staging' ? 'staging' : 'embedded',
    allowedHosts: ['127.0.0.1'],
    systems: {},
  }),
  ...(name !== 'staging' && { twin }),
})
