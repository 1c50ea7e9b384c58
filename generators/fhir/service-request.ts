import type { ServiceRequest } from 'fhir/r4.js'
import { patientId, runMeta, systems } from './naming.ts'

/** An electronic prescription, as the stand-in for the national service keeps it. */
export interface PrescriptionFacts {
  readonly namespace: string
  readonly id: string
  readonly nre: string
  readonly seed: number
  readonly patient: number
  readonly service: string
  readonly priority: string
  /** Exemption code, empty when the ticket is due. */
  readonly exemption: string
  readonly items: number
}

const fhirPriority = { U: 'stat', B: 'urgent', D: 'routine', P: 'routine' } as const

export const serviceRequestResource = (prescription: PrescriptionFacts): ServiceRequest => ({
  resourceType: 'ServiceRequest',
  id: prescription.id,
  meta: runMeta(prescription.namespace),
  requisition: { system: systems.nre, value: prescription.nre },
  status: 'active',
  intent: 'order',
  priority: fhirPriority[prescription.priority as keyof typeof fhirPriority] ?? 'routine',
  category: [
    { coding: [{ system: systems.priority, code: prescription.priority }] },
    ...(prescription.exemption === ''
      ? []
      : [{ coding: [{ system: systems.exemption, code: prescription.exemption }] }]),
  ],
  code: { coding: [{ system: systems.service, code: prescription.service }] },
  quantityQuantity: { value: prescription.items },
  subject: { reference: `Patient/${patientId(prescription.seed, prescription.patient)}` },
})
