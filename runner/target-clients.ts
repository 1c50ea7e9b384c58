import type { DicomwebClient } from '../clients/dicomweb-client.ts'
import type { FhirClient } from '../clients/fhir-client.ts'
import type { ImageSystemName, SystemName } from '../model/system.ts'

/** Clients of the systems of a target, by what they speak. */
export interface TargetClients {
  fhir(system: SystemName): FhirClient
  images(system: ImageSystemName): DicomwebClient
}
