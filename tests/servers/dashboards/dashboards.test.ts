import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isInstant } from '../../../dashboards/build/query.ts'
import { dashboards } from '../../../dashboards/registry.ts'
import type { PanelSpec } from '../../../dashboards/spec.ts'
import { verdictCodes } from '../../../model/metrics.ts'
import { type RunRecord, runRecordSchema } from '../../../model/run-record.ts'
import { Histogram } from '../../../results/histogram.ts'
import { type Measured, readCells } from '../../../results/read-cells.ts'
import { startCollaudo } from '../../e2e/start-collaudo.ts'
import { startReceiver } from '../prometheus.ts'
import { type Answer, ask, type LookedAt } from './ask.ts'

/** Filled by the first test, which all others look at. */
const baseUrl = await startReceiver()
const experiment = new URL('./outage.yaml', import.meta.url).pathname

let record: RunRecord
let looked: LookedAt
let measured: Measured

/** Of the time that is looked at, before and after. */
const marginMs = 10_000

type Queried = Exclude<PanelSpec, { kind: 'text' }>

const panelOf = (uid: string, title: string): Queried => {
  const spec = dashboards.find((one) => one.uid === `collaudo-${uid}`)
  const panel = spec?.rows.flatMap(({ panels }) => panels).find((one) => one.title === title)
  if (panel === undefined || panel.kind === 'text') throw new Error(`expected a panel ${title} of ${uid}, got none`)
  return panel
}

const answersOf = async (uid: string, title: string, legend?: string): Promise<Answer> => {
  const panel = panelOf(uid, title)
  const query = legend === undefined ? panel.queries[0] : panel.queries.find((one) => one.legend === legend)
  if (query === undefined) throw new Error(`expected a query ${legend} of ${title}, got none`)
  return ask(query, isInstant(panel.kind), looked)
}

const steps = () => record.steps.reduce((sum, { requests }) => sum + requests, 0)
const failed = () => record.steps.reduce((sum, step) => sum + step.failed, 0)
const done = (journey: string) =>
  record.journeys.reduce((sum, one) => sum + (one.journey === journey ? (one.outcomes['done'] ?? 0) : 0), 0)
const registered = () =>
  record.steps.reduce(
    (sum, one) => sum + (one.journey === 'emergency' && one.step === 'register' ? (one.outcomes['ok'] ?? 0) : 0),
    0,
  )
const gate = 'nothing-is-noticed'
const observed = () => record.gates.find(({ name }) => name === gate)?.observed ?? Number.NaN
const carbonOfStudies = () =>
  record.costAndCarbon?.units.find(({ unit }) => unit === 'imaging-studies')?.perThousand?.sciGrams ?? Number.NaN

const valueWhere = (answer: Answer, labels: Readonly<Record<string, string>> = {}): number =>
  Number(
    answer.find(({ metric }) => Object.entries(labels).every(([name, value]) => metric[name] === value))?.value?.[1],
  )

describe('after a real run with an outage, a real Prometheus', () => {
  it('took every push', { timeout: 600_000 }, async () => {
    const run = startCollaudo(['chaos', experiment, '--json', '--prometheus', baseUrl])
    const { stdout, stderr } = await run.ended
    expect(stderr).not.toContain('push  ')
    record = runRecordSchema.parse(JSON.parse(stdout))
    const { id, scenario, target } = record
    measured = await readCells(join(run.dir, 'runs', id))
    looked = {
      baseUrl,
      variables: { run: id, baseline: id, scenario, target, journey: '.*' },
      fromUnixMs: Date.parse(record.zeroAt ?? '') - marginMs,
      toUnixMs: Date.parse(record.endedAt) + marginMs,
    }
  })

  it.each(dashboards.map((spec) => [spec.uid, spec] as const))(
    'answers every query of %s, or it says why it does not',
    async (_, spec) => {
      const empty: string[] = []
      for (const panel of spec.rows.flatMap(({ panels }) => panels)) {
        if (panel.kind === 'text') continue
        for (const query of panel.queries) {
          const answer = await ask(query, isInstant(panel.kind), looked)
          // A limit is drawn where the experiment has such a gate.
          if (answer.length === 0 && panel.emptyWithout === undefined && !query.isLimit)
            empty.push(`${panel.title}, ${query.legend}`)
        }
      }
      expect(empty).toEqual([])
    },
  )

  it('has an answer for most panels that may be empty as well, since this run has nearly everything', async () => {
    const silent = new Set<string>()
    for (const { uid, rows } of dashboards) {
      for (const panel of rows.flatMap(({ panels }) => panels)) {
        if (panel.kind === 'text') continue
        const answers = await Promise.all(panel.queries.map((query) => ask(query, isInstant(panel.kind), looked)))
        if (answers.every((answer) => answer.length === 0)) silent.add(`${uid}: ${panel.emptyWithout}`)
      }
    }
    expect(
      [...silent].filter((one) => !/: a search|: a run that was compared|: a run that has become worse/.test(one)),
    ).toEqual(['collaudo-emergency: a run long enough for somebody to arrive and be visited in it'])
  })

  it.each<{
    readonly uid: string
    readonly title: string
    readonly legend?: string
    readonly labels?: Readonly<Record<string, string>>
    readonly expected: () => number
  }>([
    { uid: 'run-overview', title: 'Verdict', expected: () => verdictCodes[record.verdict] },
    { uid: 'run-overview', title: 'Steps', expected: steps },
    { uid: 'run-overview', title: 'Failed so far', expected: () => failed() / steps() },
    { uid: 'run-overview', title: 'Promises broken', expected: () => record.integrity.lost },
    { uid: 'run-overview', title: 'Gates', legend: 'observed', labels: { gate }, expected: observed },
    { uid: 'chaos', title: 'Score', expected: () => record.resilience?.scoreRatio ?? Number.NaN },
    { uid: 'chaos', title: 'Gray time', expected: () => (record.resilience?.grayMs ?? Number.NaN) / 1000 },
    { uid: 'rig', title: 'Rows cut', expected: () => record.delivery.cut },
    { uid: 'rig', title: 'Rows', labels: { state: 'started' }, expected: () => record.delivery.started },
    { uid: 'recup', title: 'Booked', expected: () => done('book') },
    { uid: 'recup', title: 'Accepted at desks', expected: () => done('accept') },
    { uid: 'emergency', title: 'Accesses registered', expected: registered },
    { uid: 'imaging', title: 'Studies stored', expected: () => done('store-study') },
    {
      uid: 'call-centre',
      title: 'Busy operators',
      expected: () => record.callCentres[0]?.seen.busyOperators ?? Number.NaN,
    },
    { uid: 'cost', title: 'CO2e (SCI score)', labels: { unit: 'imaging-studies' }, expected: carbonOfStudies },
  ])('shows within 1 % what the record says: $uid, $title', async ({ uid, title, legend, labels, expected }) => {
    const value = valueWhere(await answersOf(uid, title, legend), labels)
    expect(Math.abs(value - expected())).toBeLessThanOrEqual(0.01 * Math.abs(expected()))
  })

  it('has the quantiles of every step of the whole run within 5 % of those of the stored cells', async () => {
    const merged = new Map<string, Histogram>()
    for (const { stream, journey, step, fromSent } of measured.steps) {
      const key = `${stream}|${journey}|${step}`
      merged.set(key, Histogram.merged([merged.get(key) ?? new Histogram(), fromSent]))
    }
    const well = [...merged].filter(([, { count }]) => count >= 50)
    expect(well.length).toBeGreaterThan(20)
    for (const [legend, q] of [
      ['p50', 0.5],
      ['p95', 0.95],
    ] as const) {
      const answer = await answersOf('journey', 'Steps by stream', legend)
      for (const [key, histogram] of well) {
        const [stream = '', journey = '', step = ''] = key.split('|')
        const seen = valueWhere(answer, { stream, journey, step }) * 1000
        // Which of two neighbours has the rank is a matter of definition.
        const rank = 1 / histogram.count
        expect(seen, `${key} ${legend}`).toBeGreaterThan(histogram.quantile(q - rank) * 0.95)
        expect(seen, `${key} ${legend}`).toBeLessThan(histogram.quantile(q + rank) * 1.05)
      }
    }
  })

  it('holds no refused request in any latency: as many in the histograms as were answered', async () => {
    const answer = await ask({ expr: 'histogram_count(sum(collaudo_step_duration_seconds{run="$run"}))' }, true, looked)
    expect(valueWhere(answer)).toBe(steps() - failed())
    expect(failed()).toBeGreaterThan(0)
  })

  it('shows the recovery: failures and latency are as before within 30 s of the restoration', async () => {
    const zeroS = Date.parse(record.zeroAt ?? '') / 1000
    const restoredS = zeroS + Math.max(...record.faults.map(({ restoredMs }) => restoredMs ?? 0)) / 1000
    const faultS = zeroS + Math.min(...record.faults.map(({ injectedMs }) => injectedMs ?? 0)) / 1000
    for (const [title, legend] of [
      ['Failed steps', 'failed'],
      ['Answers: how long they take', 'p95'],
    ] as const) {
      const points = (await answersOf('chaos', title, legend))[0]?.values ?? []
      const between = (fromS: number, toS: number) =>
        points.filter(([atS]) => atS >= fromS && atS <= toS).map(([, value]) => Number(value))
      const usual = Math.max(...between(faultS - 15, faultS))
      const during = Math.max(...between(faultS, restoredS))
      const after = Math.max(...between(restoredS + 30, restoredS + 55))
      expect(during, title).toBeGreaterThan(usual + 0.001)
      expect(after, title).toBeLessThanOrEqual(usual * 1.5 + 0.001)
    }
  })

  it('costs less than 5,000 series', async () => {
    const answer = await ask({ expr: 'count(last_over_time({run="$run"}[$__range]))' }, true, looked)
    expect(valueWhere(answer)).toBeGreaterThan(500)
    expect(valueWhere(answer)).toBeLessThan(5000)
  })
})
