import type { Prescription } from '../generators/prescription.ts'
import type { Rng } from '../generators/rng.ts'
import type { AgendaSpec } from '../model/scenario.ts'
import { priorityClasses } from '../region/prescriptions.ts'
import { structures } from '../region/structures.ts'

/** One agenda and its slots; a slot is its index in `slots`, a letter each: f free, t held (busy-tentative), b busy. */
export interface Agenda {
  readonly agenda: number
  readonly structure: number
  readonly service: string
  readonly priority: string
  readonly visit: 'ROUTINE' | 'FOLLOWUP'
  /** Days from the day of the run. */
  readonly firstDay: number
  readonly slotsPerDay: number
  readonly slotMinutes: number
  readonly slots: string
}

/** Where a slot is. */
export interface SlotPlace {
  readonly agenda: number
  readonly slot: number
}

/** What an agenda is asked for: `free` ones are only loaded, `held` and `busy` ones are already somebody's. */
export type SlotStatus = 'free' | 'held' | 'busy'

/** Surgeries open at 8:00 for ten hours. Assumption. */
const openingMinute = 8 * 60
const openMinutes = 10 * 60
const slotsPerFullDay = 24
/** Slots of one agenda; more make another agenda in another structure. Assumption. */
const slotsPerAgenda = 96

/** Minutes from the run day's midnight at which a slot starts. */
export const slotStartMinute = (agenda: Agenda, slot: number): number =>
  (agenda.firstDay + Math.floor(slot / agenda.slotsPerDay)) * 1440 +
  openingMinute +
  (slot % agenda.slotsPerDay) * agenda.slotMinutes

/**
 * Collects what journeys need of the agendas, then builds them. A cell is (service, priority class, first visit or
 * follow-up): the filter of a search.
 */
export class AgendaBook {
  readonly #rng: Rng
  readonly #spec: AgendaSpec
  readonly #smokeRows: number
  readonly #agendas: Agenda[] = []
  readonly #demand = new Map<string, { prescription: Prescription; bookings: number }>()
  /** Slots of the day of the run, which acceptances find taken; by service. */
  readonly #today = new Map<string, { index: number; slots: number }>()
  /** Agendas with one reserved slot each for journeys already past their search; by cell. */
  readonly #reserved = new Map<string, { index: number; slots: string[] }>()

  /** `smokeRows`: bookings made ahead of the run, each of which needs a slot of its own. */
  constructor(rng: Rng, spec: AgendaSpec, smokeRows: number) {
    this.#rng = rng
    this.#spec = spec
    this.#smokeRows = smokeRows
  }

  /** What a patient with this prescription looks for in these agendas. */
  wanted(prescription: Prescription): Prescription {
    if (this.#spec.kind === 'catalogue') return prescription
    const { service, priority, visit } = this.#spec
    return { ...prescription, service, priority, visit }
  }

  /** A journey will search here. */
  expectBooking(prescription: Prescription): void {
    const key = cellOf(prescription)
    const cell = this.#demand.get(key)
    this.#demand.set(key, { prescription, bookings: (cell?.bookings ?? 0) + 1 })
  }

  /** A slot that a journey under way has chosen or holds. */
  reserve(prescription: Prescription, status: 'free' | 'held'): SlotPlace {
    const key = cellOf(prescription)
    const agenda = this.#reserved.get(key) ?? { index: this.#open(prescription, 1, 1), slots: [] }
    this.#reserved.set(key, agenda)
    agenda.slots.push(status === 'held' ? 't' : 'f')
    return { agenda: agenda.index, slot: agenda.slots.length - 1 }
  }

  /** A slot of today, taken by an appointment to accept. */
  takeToday(prescription: Prescription): SlotPlace {
    const open = this.#today.get(prescription.service)
    const agenda =
      open && open.slots < slotsPerAgenda ? open : { index: this.#open(prescription, 0, slotsPerAgenda), slots: 0 }
    this.#today.set(prescription.service, agenda)
    agenda.slots++
    this.#fill(agenda.index, 'b'.repeat(agenda.slots))
    return { agenda: agenda.index, slot: agenda.slots - 1 }
  }

  /** All agendas, in the order of their numbers. */
  build(): readonly Agenda[] {
    for (const { index, slots } of this.#reserved.values()) this.#fill(index, slots.join(''))
    for (const { prescription, bookings } of this.#demand.values()) this.#offer(prescription, bookings, this.#spec)
    return this.#agendas
  }

  #offer(prescription: Prescription, bookings: number, spec: AgendaSpec): void {
    const withinDays = priorityClasses.value.find(({ code }) => code === prescription.priority)?.withinDays ?? 1
    const isScarce = spec.kind === 'scarce'
    const windowDays = isScarce ? withinDays : Math.min(withinDays, spec.depthDays)
    const wanted = isScarce
      ? spec.slots + this.#smokeRows
      : Math.ceil((bookings * spec.freeSlotsPerBooking) / (1 - spec.fillRatio))
    const fillRatio = isScarce ? 0 : spec.fillRatio
    const largest = Math.min(slotsPerAgenda, windowDays * slotsPerFullDay)
    for (let left = wanted; left > 0; left -= largest) {
      const count = Math.min(left, largest)
      const index = this.#open(prescription, 1, Math.ceil(count / windowDays))
      this.#fill(index, this.#drawSlots(index, { count, fillRatio }))
    }
  }

  #drawSlots(agenda: number, { count, fillRatio }: { readonly count: number; readonly fillRatio: number }): string {
    const rng = this.#rng.split('fill').at(agenda)
    return Array.from({ length: count }, () => (rng.float() < fillRatio ? 'b' : 'f')).join('')
  }

  #open(prescription: Prescription, firstDay: number, slotsPerDay: number): number {
    const index = this.#agendas.length
    this.#agendas.push({
      agenda: index,
      structure: this.#rng.split('structures').at(index).below(structures.value.length),
      service: prescription.service,
      priority: prescription.priority,
      visit: prescription.visit,
      firstDay,
      slotsPerDay,
      slotMinutes: Math.min(20, Math.max(1, Math.floor(openMinutes / slotsPerDay))),
      slots: '',
    })
    return index
  }

  #fill(index: number, slots: string): void {
    const agenda = this.#agendas[index]
    if (agenda) this.#agendas[index] = { ...agenda, slots }
  }
}

const cellOf = ({ service, priority, visit }: Prescription): string => `${service} ${priority} ${visit}`
