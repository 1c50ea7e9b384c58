import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { authorizer } from '../clients/token.ts'
import { isImageSystem, systemNames } from '../model/system.ts'
import type { Client } from './http/access-tokens.ts'
import { dicomwebService } from './http/dicomweb-service.ts'
import { fhirService } from './http/fhir-service.ts'
import type { Service } from './http/service.ts'
import type { ProcessArguments } from './read-arguments.ts'
import { imaging } from './systems/imaging.ts'
import { isPlain, plainSystem } from './systems/plain-system.ts'
import { prescriptions } from './systems/prescriptions.ts'
import { recup } from './systems/recup.ts'

/** What a service takes from its process. */
export interface ServiceSurroundings {
  /** What `recup` gets its tokens with. */
  readonly link: Client
  readonly now: () => number
}

/** The system of this name. Throws an Error for one that there is not. */
export const makeService = (options: ProcessArguments, { link, now }: ServiceSurroundings): Service => {
  const { name, dataDir, defects, seed } = options
  const surroundings = { path: join(dataDir, `${name}.sqlite`), now, newId: randomUUID }
  const spoiled = { ...surroundings, defects, seed }
  if (name === 'prescriptions') return fhirService(prescriptions(surroundings))
  if (isPlain(name)) return fhirService(plainSystem(name, spoiled))
  if (isImageSystem(name)) return dicomwebService(imaging(name, spoiled))
  if (name !== 'recup') throw new Error(`expected identity or one of ${systemNames.join(', ')}, got ${name}`)
  const tokenUrl = `${options.identity}/token`
  const names = { clientIdEnv: 'ID', clientSecretEnv: 'SECRET' }
  const authorize = authorizer(
    { kind: 'client-credentials', tokenUrl, ...names },
    { ID: link.clientId, SECRET: link.clientSecret },
    now,
  )
  return fhirService(recup({ ...spoiled, prescriptions: { baseUrl: `${options.prescriptions}/fhir`, authorize } }))
}
