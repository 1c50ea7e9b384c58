import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { planSchema } from '../../model/plan.ts'
import { drawPlan, type PlanRequest } from '../../planner/plan.ts'
import { writeRunFolder } from '../../planner/run-folder.ts'
import type { Subject } from '../../planner/subject.ts'
import { agendaRelease } from '../../scenarios/agenda-release.ts'
import { digitalServices } from '../../scenarios/digital-services.ts'
import { recupDay } from '../../scenarios/recup-day.ts'

const hourMs = 3_600_000
const request: PlanRequest = {
  scenario: recupDay,
  slice: { day: 'monday', fromMs: 9 * hourMs, toMs: 9 * hourMs + 60_000, fullVolume: false, scale: {} },
  seed: 1,
  fiscalCodes: 'marked',
}
const wholeHour: PlanRequest = { ...request, slice: { ...request.slice, toMs: 10 * hourMs } }
const wholeDay: PlanRequest = { ...request, slice: { ...request.slice, day: 'weekday', fromMs: 0, toMs: 24 * hourMs } }

/** Drawn once: it takes seconds. */
const day = drawPlan(wholeDay)

const filesOf = async (plan: PlanRequest): Promise<Readonly<Record<string, string>>> => {
  const dir = await mkdtemp(join(tmpdir(), 'plan-'))
  onTestFinished(() => rm(dir, { recursive: true }))
  await writeRunFolder(dir, drawPlan(plan))
  const names = (await readdir(dir)).toSorted()
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(join(dir, name), 'utf8')])),
  )
}

const bookerOf = (subject: Subject | undefined) =>
  subject?.kind === 'booking' ? subject : expect.fail('no subject of a booking')

describe('a plan', () => {
  test('is the same byte for byte when the seed is the same, and another when it is not', async () => {
    const [one, two, other] = [await filesOf(request), await filesOf(request), await filesOf({ ...request, seed: 2 })]
    expect(two).toEqual(one)
    expect(other['timetable-phone.tsv']).not.toBe(one['timetable-phone.tsv'])
    expect(planSchema.parse(JSON.parse(one['plan.json'] ?? '')).fingerprint).toMatch(/^[0-9a-f]{64}$/)
  })

  test('names no date and no machine', async () => {
    const { 'plan.json': plan = '', 'script.js': script = '' } = await filesOf(request)
    expect(plan).not.toMatch(/20\d\d-\d\d-\d\dT/)
    expect(script).not.toContain(process.cwd())
  })

  test('expects the region’s operations on the mean working day: 70,000 of its own and 90,000 of private providers', () => {
    const { plan, streams } = day
    const { operations, ownOperations, privateOperations } = plan.totals
    expect(ownOperations?.expected).toBeCloseTo(70_000, 6)
    expect(privateOperations?.expected).toBeCloseTo(90_000, 6)
    expect(operations?.expected).toBeCloseTo(160_000, 6)
    for (const { planned } of streams) {
      expect(planned.actions.reduce((sum, { expected }) => sum + expected, 0)).toBeCloseTo(planned.expected, 6)
      expect(planned.actions.reduce((sum, { drawn }) => sum + drawn, 0)).toBe(planned.drawn)
    }
  })

  test('expects 50,000 documents, 2,000 televisits, and the visits of 4 % of the residents to their health record', () => {
    const { plan } = drawPlan({ ...wholeDay, scenario: digitalServices })
    const about = (expected: number) => ({ expected: expect.closeTo(expected, 6), drawn: expect.any(Number) })
    const bytes = plan.totals['bytes'] ?? expect.fail('no bytes')
    expect(plan.totals).toEqual({ documents: about(50_000), televisits: about(2000), bytes })
    const drawnDocuments = plan.totals['documents']?.drawn ?? 0
    expect(Math.abs(bytes.drawn / drawnDocuments / (bytes.expected / 50_000) - 1)).toBeLessThan(0.01)
    expect(plan.streams[1]?.expected).toBeCloseTo((5_720_536 * 0.04 * 5) / 91, 6)
    expect(plan.systems).toEqual(['reports', 'telemedicine'])
  })

  test('gives every row a patient of its own but those who come again, and one more to each action of a smoke run', () => {
    const { streams, plan } = drawPlan(wholeHour)
    const patients = streams.flatMap(({ subjects }) =>
      subjects.flatMap((subject) => (subject.kind === 'onlooker' ? [] : [subject.person.index])),
    )
    const again = streams.reduce((sum, { planned }) => sum + planned.again, 0)
    expect(again).toBeGreaterThan(0)
    expect(new Set(patients).size).toBe(patients.length - again)
    expect(plan.dataset.patients).toBe(new Set(patients).size)
    for (const { subjects, timetable, planned } of streams) {
      expect(subjects.length).toBe(timetable.rows.length + planned.actions.length)
    }
  })

  test('shows a prescription at a second desk within two seconds', () => {
    const counter = drawPlan(wholeHour).streams.find(({ planned }) => planned.name === 'counter')
    const taken = counter?.timetable.rows.filter(({ journey }) => journey === 'take-charge') ?? []
    const twice = taken.flatMap((first, index) => {
      const second = taken.slice(index + 1).find(({ subject }) => subject === first.subject)
      return second ? [second.dueMs - first.dueMs] : []
    })
    expect(twice.length).toBe(counter?.planned.again)
    expect(Math.max(...twice)).toBeLessThan(2000)
  })

  test('prepares what a row presupposes: an appointment to accept, a hold to confirm, a chosen slot to hold', () => {
    const { streams, agendas } = drawPlan({ ...request, slice: { ...request.slice, toMs: 9 * hourMs + 600_000 } })
    const entries = new Set<string>()
    for (const { planned, timetable, subjects } of streams) {
      for (const [index, row] of timetable.rows.entries()) {
        const { place, prepared } = bookerOf(subjects[index])
        const letter = place && agendas[place.agenda]?.slots[place.slot]
        expect([planned.name, row.journey, row.step, prepared, letter]).toEqual([
          planned.name,
          row.journey,
          row.step,
          ...presupposed(row.journey, row.step, planned.channel),
        ])
        entries.add(`${row.journey} ${row.step}`)
      }
    }
    expect([...entries]).toEqual(
      expect.arrayContaining([
        'book hold',
        'book book',
        'book memo',
        'book search.2',
        'accept accept',
        'book identify',
      ]),
    )
  })

  test('gives no slot to two rows', () => {
    const places = drawPlan(request).streams.flatMap(({ subjects }) =>
      subjects.map(bookerOf).flatMap(({ place }) => (place ? [`${place.agenda} ${place.slot}`] : [])),
    )
    expect(new Set(places).size).toBe(places.length)
  })

  test('offers at least as many free slots of each kind as its bookings have items', () => {
    const { streams, agendas } = day
    const free = new Map<string, number>()
    for (const agenda of agendas) {
      const key = `${agenda.service} ${agenda.priority} ${agenda.visit}`
      free.set(key, (free.get(key) ?? 0) + agenda.slots.replaceAll(/[^f]/g, '').length)
    }
    for (const { timetable, subjects } of streams) {
      for (const [index, { journey }] of timetable.rows.entries()) {
        const { service, priority, visit, items } = bookerOf(subjects[index]).prescription
        const key = `${service} ${priority} ${visit}`
        if (journey === 'book') free.set(key, (free.get(key) ?? 0) - items)
      }
    }
    expect([...free.values()].filter((left) => left < 0)).toEqual([])
  })

  test('loads a scarce agenda with its slots, and one for the smoke run, however many come', () => {
    const fromMs = 8 * 3_600_000
    const slice = { day: 'weekday', fromMs, toMs: fromMs + 60_000, fullVolume: false, scale: {} }
    const { plan, streams, agendas } = drawPlan({ ...request, scenario: agendaRelease, slice })
    expect(plan.streams[0]?.expected).toBeCloseTo(2000, 6)
    expect(agendas.map(({ slots }) => slots).join('')).toBe('f'.repeat(301))
    const kinds = new Set(
      [...agendas, ...streams.flatMap(({ subjects }) => subjects.map((subject) => bookerOf(subject).prescription))].map(
        ({ service, priority, visit }) => `${service} ${priority} ${visit}`,
      ),
    )
    expect([...kinds]).toEqual(['88.73.1 P ROUTINE'])
  })

  test('refuses a scale that nobody can mean', () => {
    expect(() => drawPlan({ ...request, slice: { ...request.slice, scale: { web: 1e9 } } })).toThrow(
      /at most 100000000 arrivals/,
    )
  })

  test('scales a stream alone', () => {
    const expected = (scale: Record<string, number>) =>
      Object.fromEntries(
        drawPlan({ ...request, slice: { ...request.slice, scale } }).plan.streams.map((of) => [of.name, of.expected]),
      )
    const once = expected({})
    expect(expected({ web: 3 })).toEqual({ ...once, web: expect.closeTo((once['web'] ?? 0) * 3, 9) })
    const twice = Object.entries(once).map(([name, value]) => [name, expect.closeTo(value * 2, 9)])
    expect(expected({ '*': 2 })).toEqual(Object.fromEntries(twice))
  })

  test('has the operators of the shift, and more callers than they can take dial again', () => {
    const of = (fromHour: number, scale: Record<string, number>) => {
      const slice = { ...request.slice, fromMs: fromHour * hourMs, toMs: fromHour * hourMs + 300_000, scale }
      return drawPlan({ ...request, slice }).plan.streams.find(({ name }) => name === 'phone')
    }
    expect([of(9, {})?.calls?.operators, of(18, {})?.calls?.operators]).toEqual([480, 240])
    const { again = 0, drawn = 0 } = of(10, { phone: 8 }) ?? {}
    expect(of(10, {})?.again).toBe(0)
    // At 1.7 times what they can do two in five give up, and as many of those dial again; some of them before the slice.
    expect(again / drawn).toBeGreaterThan(0.16)
    expect(again / drawn).toBeLessThan(0.32)
  })
})

/** What a row finds prepared, and the letter of its slot. */
const presupposed = (journey: string, step: string, channel: string): readonly [string, string | undefined] => {
  if (['accept', 'move', 'cancel', 'enquire'].includes(journey)) return ['booked', 'b']
  if (journey === 'take-charge') return ['task', undefined]
  if (journey === 'pay') return ['invoice', undefined]
  if (journey.startsWith('partner')) return ['none', 'f']
  if (step === 'memo' || step === 'pay') return ['booked', 'b']
  if (['book', 'leave', 'release'].includes(step))
    return ['phone', 'web'].includes(channel) ? ['pending', 't'] : ['none', 'f']
  // On the phone a second search comes after the first offer was given back.
  const hasChosen =
    step.startsWith('hold') || (step.startsWith('search.') && (channel === 'web' || step === 'search.3'))
  return hasChosen ? ['none', 'f'] : ['none', undefined]
}
