import type { Invoice } from 'fhir/r4.js'
import { ticket } from '../../region/prescriptions.ts'
import { runMeta, systems } from './naming.ts'

/** What a payment position says: `issued` until it is paid, then `balanced`. */
export interface InvoiceFacts {
  readonly namespace: string
  readonly identifier: string
  readonly patient: string
  readonly status: 'issued' | 'balanced'
}

export const invoiceResource = ({ namespace, identifier, patient, status }: InvoiceFacts): Invoice => ({
  resourceType: 'Invoice',
  meta: runMeta(namespace),
  identifier: [{ system: systems.payment, value: identifier }],
  status,
  subject: { reference: `Patient/${patient}` },
  totalGross: { value: ticket.value, currency: 'EUR' },
})
