import type { Prescription } from '../generators/prescription.ts'
import type { Rng } from '../generators/rng.ts'
import type { AgendaSpec } from '../model/scenario.ts'
import { priorityClasses } from '../region/prescriptions.ts'
import { structures } from '../region/structures.ts'

/** One agenda and its slots; a slot is its index in `slots`, a letter each: f free, t held (busy-tentative), b busy. */
export interface Agenda {
  readonly agenda: number
  readonly structure: number
  /** Health authority of the structure. */
  readonly area: string
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

const letters = { free: 'f', held: 't', busy: 'b' } as const satisfies Record<SlotStatus, string>

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
  readonly #spec: AgendaSpec | undefined
  readonly #smokeRows: number
  readonly #agendas: Agenda[] = []
  readonly #demand = new Map<string, { prescription: Prescription; slots: number }>()
  /** Agendas whose slots are somebody's already, filled one after the other: of today by service, of later by cell. */
  readonly #filling = new Map<string, { index: number; slots: string[] }>()

  /** `smokeRows`: bookings made ahead of the run, each of which needs a slot of its own. */
  constructor(rng: Rng, spec: AgendaSpec | undefined, smokeRows: number) {
    this.#rng = rng
    this.#spec = spec
    this.#smokeRows = smokeRows
  }

  /** What a patient with this prescription looks for in these agendas. */
  wanted(prescription: Prescription): Prescription {
    if (this.#spec?.kind !== 'scarce') return prescription
    const { service, priority, visit } = this.#spec
    return { ...prescription, service, priority, visit, items: 1 }
  }

  /** A journey will search here, for a slot for each item. */
  expectBooking(prescription: Prescription): void {
    const key = cellOf(prescription)
    const cell = this.#demand.get(key)
    this.#demand.set(key, { prescription, slots: (cell?.slots ?? 0) + prescription.items })
  }

  /** A slot of a later day: chosen or held by a journey under way, or sold to somebody who wants to move or cancel. */
  reserve(prescription: Prescription, status: SlotStatus): SlotPlace {
    return this.#take(cellOf(prescription), status, () => this.#open(prescription, 1, slotsPerFullDay))
  }

  /** A slot of today, taken by an appointment to accept. */
  takeToday(prescription: Prescription): SlotPlace {
    return this.#take(`today ${prescription.service}`, 'busy', () => this.#open(prescription, 0, slotsPerAgenda))
  }

  /** All agendas, in the order of their numbers. */
  build(): readonly Agenda[] {
    for (const { index, slots } of this.#filling.values()) this.#fill(index, slots.join(''))
    for (const { prescription, slots } of this.#demand.values())
      if (this.#spec) this.#offer(prescription, slots, this.#spec)
    return this.#agendas
  }

  #take(key: string, status: SlotStatus, open: () => number): SlotPlace {
    let agenda = this.#filling.get(key)
    if (!agenda || agenda.slots.length === slotsPerAgenda) {
      if (agenda) this.#fill(agenda.index, agenda.slots.join(''))
      agenda = { index: open(), slots: [] }
      this.#filling.set(key, agenda)
    }
    agenda.slots.push(letters[status])
    return { agenda: agenda.index, slot: agenda.slots.length - 1 }
  }

  #offer(prescription: Prescription, slots: number, spec: AgendaSpec): void {
    const withinDays = priorityClasses.value.find(({ code }) => code === prescription.priority)?.withinDays ?? 1
    const isScarce = spec.kind === 'scarce'
    const windowDays = isScarce ? withinDays : Math.min(withinDays, spec.depthDays)
    const wanted = isScarce
      ? spec.slots + this.#smokeRows
      : Math.ceil((slots * spec.freeSlotsPerBooking) / (1 - spec.fillRatio))
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
    const structure = this.#rng.split('structures').at(index).below(structures.value.length)
    this.#agendas.push({
      agenda: index,
      structure,
      area: structures.value[structure]?.asl ?? '',
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
