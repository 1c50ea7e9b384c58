import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { planSchema } from '../../model/plan.ts'
import { drawPlan, type PlanRequest } from '../../planner/plan.ts'
import { writeRunFolder } from '../../planner/run-folder.ts'
import { agendaRelease } from '../../scenarios/agenda-release.ts'
import { recupDay } from '../../scenarios/recup-day.ts'

const hourMs = 3_600_000
const request: PlanRequest = {
  scenario: recupDay,
  slice: { day: 'monday', fromMs: 9 * hourMs, toMs: 9 * hourMs + 60_000, fullVolume: false, scale: {} },
  seed: 1,
  fiscalCodes: 'marked',
}
const wholeDay: PlanRequest = { ...request, slice: { ...request.slice, day: 'weekday', fromMs: 0, toMs: 24 * hourMs } }

const filesOf = async (plan: PlanRequest): Promise<Readonly<Record<string, string>>> => {
  const dir = await mkdtemp(join(tmpdir(), 'plan-'))
  onTestFinished(() => rm(dir, { recursive: true }))
  await writeRunFolder(dir, drawPlan(plan))
  const names = (await readdir(dir)).toSorted()
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(join(dir, name), 'utf8')])),
  )
}

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

  test('expects the region’s operations on the mean working day: three streams’ share of 70,000', () => {
    const { plan, streams } = drawPlan(wholeDay)
    expect(plan.totals.operations?.expected).toBeCloseTo(70_000 * (0.5 * 0.45 + 0.5 * 0.18 + 0.5), 6)
    expect(plan.totals.operations?.drawn).toBe(streams.reduce((sum, { planned }) => sum + planned.drawn, 0))
  })

  test('gives every row a patient of its own, and one more to each stream’s smoke run', () => {
    const { streams, plan } = drawPlan(request)
    const patients = streams.flatMap(({ subjects }) => subjects.map(({ person }) => person.index))
    expect(new Set(patients).size).toBe(patients.length)
    expect(plan.dataset.patients).toBe(patients.length)
    for (const { subjects, timetable } of streams) expect(subjects.length).toBe(timetable.rows.length + 1)
  })

  test('prepares what a row presupposes: an appointment to accept, a hold to confirm, a chosen slot to hold', () => {
    const { streams, agendas } = drawPlan({ ...request, slice: { ...request.slice, toMs: 9 * hourMs + 600_000 } })
    const entries = new Map<string, number>()
    for (const { timetable, subjects } of streams) {
      for (const [index, row] of timetable.rows.entries()) {
        const { place, prepared } = subjects[index] ?? expect.fail('no subject')
        const letter = place && agendas[place.agenda]?.slots[place.slot]
        expect([prepared, letter]).toEqual(presupposed(row.journey, row.step))
        entries.set(`${row.journey} ${row.step}`, (entries.get(`${row.journey} ${row.step}`) ?? 0) + 1)
      }
    }
    expect([...entries.keys()]).toEqual(
      expect.arrayContaining(['book hold', 'book book', 'accept accept', 'book identify']),
    )
  })

  test('gives no slot to two rows', () => {
    const places = drawPlan(request).streams.flatMap(({ subjects }) =>
      subjects.flatMap(({ place }) => (place ? [`${place.agenda} ${place.slot}`] : [])),
    )
    expect(new Set(places).size).toBe(places.length)
  })

  test('offers at least as many free slots of each kind as it has bookings', () => {
    const { streams, agendas } = drawPlan(wholeDay)
    const free = new Map<string, number>()
    for (const agenda of agendas) {
      const key = `${agenda.service} ${agenda.priority} ${agenda.visit}`
      free.set(key, (free.get(key) ?? 0) + agenda.slots.replaceAll(/[^f]/g, '').length)
    }
    for (const { timetable, subjects } of streams) {
      for (const index of timetable.rows.filter(({ journey }) => journey === 'book').keys()) {
        const { service, priority, visit } = subjects[index]?.prescription ?? expect.fail('no subject')
        const key = `${service} ${priority} ${visit}`
        free.set(key, (free.get(key) ?? 0) - 1)
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
      [...agendas, ...streams.flatMap(({ subjects }) => subjects.map(({ prescription }) => prescription))].map(
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
      drawPlan({ ...request, slice: { ...request.slice, scale } }).plan.streams.map((stream) => stream.expected)
    const [phone = 0, web = 0, counter = 0] = expected({})
    expect(expected({ web: 3 })).toEqual([phone, expect.closeTo(web * 3, 9), counter])
    expect(expected({ '*': 2 })).toEqual([
      expect.closeTo(phone * 2, 9),
      expect.closeTo(web * 2, 9),
      expect.closeTo(counter * 2, 9),
    ])
  })
})

const presupposed = (journey: string, step: string): readonly [string, string | undefined] => {
  if (journey === 'accept') return ['booked', 'b']
  if (step === 'book') return ['pending', 't']
  return ['none', step === 'hold' ? 'f' : undefined]
}
