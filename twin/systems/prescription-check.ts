import { systems } from '../../generators/fhir/naming.ts'
import { FhirError } from '../fhir/fhir-error.ts'
import { isRecord, type Resource, valuesAt } from '../fhir/resource.ts'
import type { Forwarded } from '../http/system.ts'
import { unavailable } from '../upstream/unavailable.ts'
import type { UpstreamClient } from '../upstream/upstream-client.ts'

/**
 * Asks the prescription system for the NRE of every appointment about to be created. The result throws a FhirError for an
 * appointment whose NRE it does not know (422), or that it could not be asked for (503).
 */
export const checkPrescriptions =
  (prescriptions: UpstreamClient) =>
  async (resources: readonly Resource[], forwarded: Forwarded): Promise<(resource: Resource) => void> => {
    const numbers = [...new Set(resources.flatMap(nres))]
    const refusals = new Map<string, FhirError>()
    await Promise.all(
      numbers.map(async (nre) => {
        const refusal = await refusalOf(prescriptions, nre, forwarded)
        if (refusal) refusals.set(nre, refusal)
      }),
    )
    return (resource) => {
      for (const nre of nres(resource)) {
        const refusal = refusals.get(nre)
        if (refusal) throw refusal
      }
    }
  }

const nres = (resource: Resource): readonly string[] =>
  resource.resourceType !== 'Appointment'
    ? []
    : valuesAt(resource, ['identifier']).flatMap((identifier) =>
        isRecord(identifier) && identifier['system'] === systems.nre && typeof identifier['value'] === 'string'
          ? [identifier['value']]
          : [],
      )

const refusalOf = async (
  prescriptions: UpstreamClient,
  nre: string,
  forwarded: Forwarded,
): Promise<FhirError | undefined> => {
  try {
    const requisition = encodeURIComponent(`${systems.nre}|${nre.replace(/[\\|,$]/g, '\\$&')}`)
    const { status, body } = await prescriptions.get(`ServiceRequest?requisition=${requisition}&_count=1`, forwarded)
    if (status !== 200) throw unavailable(`expected 200 of the prescription system, got ${status}`)
    if (valuesAt(JSON.parse(body), ['entry']).length > 0) return undefined
    return new FhirError(422, 'business-rule', `expected a prescription with NRE ${nre}, got none`)
  } catch (error) {
    if (error instanceof FhirError) return error
    throw error
  }
}
