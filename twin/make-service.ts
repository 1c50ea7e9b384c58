import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { rngOf } from '../generators/rng.ts'
import type { DefectKind } from '../model/defect.ts'
import { isImageSystem, systemNames } from '../model/system.ts'
import { type DueShare, dueShareOf } from './defects/due-share.ts'
import { lostOnCrash } from './defects/lost-on-crash.ts'
import { SlowRecovery } from './defects/slow-recovery.ts'
import type { Client } from './http/access-tokens.ts'
import { dicomwebService } from './http/dicomweb-service.ts'
import { fhirService } from './http/fhir-service.ts'
import type { Service } from './http/service.ts'
import { WorkerPool } from './http/worker-pool.ts'
import type { ProcessArguments } from './read-arguments.ts'
import { imaging } from './systems/imaging.ts'
import { isPlain, plainSystem } from './systems/plain-system.ts'
import { prescriptions } from './systems/prescriptions.ts'
import { recup } from './systems/recup.ts'
import type { SystemOptions } from './systems/system-options.ts'
import { linkToken } from './upstream/link-token.ts'
import { makeCalls } from './upstream/make-calls.ts'

/** What a service takes from its process. */
export interface ServiceSurroundings {
  /** What `recup` gets its tokens with. */
  readonly link: Client
  readonly now: () => number
  readonly elapsedMs: () => number
  readonly schedule: (work: () => void, afterMs: number) => void
}

/** The system of this name. Throws an Error for one that there is not. */
export const makeService = (options: ProcessArguments, surroundings: ServiceSurroundings): Service => {
  const { name, dataDir, defects, seed, isRestarted, workers } = options
  const { now, elapsedMs, schedule } = surroundings
  const dueOf = (kind: DefectKind): DueShare | undefined => {
    const defect = defects.find((one) => one.kind === kind)
    return defect && dueShareOf(defect, seed)
  }
  const [slow, lost] = [dueOf('slow-recovery'), dueOf('lost-on-crash')]
  const recovery = slow && new SlowRecovery(slow, elapsedMs)
  if (isRestarted) recovery?.begin()
  const service = serviceOf(options, {
    ...surroundings,
    system: {
      path: join(dataDir, `${name}.sqlite`),
      now,
      newId: randomUUID,
      defects,
      seed,
      durability: lost && lostOnCrash(lost, schedule),
    },
    onReturn: () => recovery?.begin(),
  })
  const pool = workers && new WorkerPool(workers, rngOf(seed).split('workers'))
  if (!recovery && !pool) return service
  const heldBackMs = (method: string, path: string): number =>
    (recovery?.delayMs() ?? 0) + (pool?.delayMs(`${method} ${service.routeOf(path)}`, elapsedMs()) ?? 0)
  return { ...service, delayMs: (...request) => (service.delayMs?.(...request) ?? 0) + heldBackMs(...request) }
}

type Parts = ServiceSurroundings & { readonly system: SystemOptions; readonly onReturn: () => void }

const serviceOf = (
  { name, defects, seed, ...origins }: ProcessArguments,
  { system, link, elapsedMs, onReturn }: Parts,
): Service => {
  if (name === 'prescriptions') return fhirService(prescriptions(system))
  if (isPlain(name)) return fhirService(plainSystem(name, system))
  if (isImageSystem(name)) return dicomwebService(imaging(name, system))
  if (name !== 'recup') throw new Error(`expected identity or one of ${systemNames.join(', ')}, got ${name}`)
  const newCall = makeCalls({ defects, seed, elapsedMs, onReturn })
  const authorize = linkToken(link, { tokenUrl: `${origins.identity}/token`, call: newCall(), elapsedMs })
  return fhirService(recup(system, { baseUrl: `${origins.prescriptions}/fhir`, authorize, call: newCall() }))
}
