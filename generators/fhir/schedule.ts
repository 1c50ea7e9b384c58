import type { Schedule, Slot } from 'fhir/r4.js'
import { locationId, runMeta, systems } from './naming.ts'

/** What all slots of one agenda share. */
export interface AgendaFacts {
  readonly namespace: string
  readonly id: string
  readonly structure: number
  /** Health authority of the structure. */
  readonly area: string
  readonly service: string
  /** Priority class of the prescription: U (72 h), B (10 days), D (30 or 60 days), P (120 days). */
  readonly priority: string
  /** HL7 v2-0276: ROUTINE = first visit, FOLLOWUP. */
  readonly visit: 'ROUTINE' | 'FOLLOWUP'
}

export const scheduleResource = (agenda: AgendaFacts): Schedule => ({
  resourceType: 'Schedule',
  id: agenda.id,
  meta: runMeta(agenda.namespace),
  active: true,
  serviceType: [{ coding: [{ system: systems.service, code: agenda.service }] }],
  actor: [{ reference: `Location/${locationId(agenda.structure)}` }],
})

export interface SlotFacts {
  readonly id: string
  readonly status: 'free' | 'busy' | 'busy-tentative'
  /** ISO 8601 instants. */
  readonly start: string
  readonly end: string
}

export const slotResource = (agenda: AgendaFacts, slot: SlotFacts): Slot => ({
  resourceType: 'Slot',
  id: slot.id,
  meta: { tag: [...runMeta(agenda.namespace).tag, { system: systems.areaTag, code: agenda.area }] },
  serviceCategory: [{ coding: [{ system: systems.priority, code: agenda.priority }] }],
  serviceType: [{ coding: [{ system: systems.service, code: agenda.service }] }],
  appointmentType: { coding: [{ system: systems.visit, code: agenda.visit }] },
  schedule: { reference: `Schedule/${agenda.id}` },
  status: slot.status,
  start: slot.start,
  end: slot.end,
})
