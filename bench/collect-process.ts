import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Plan } from '../model/plan.ts'
import { Collector } from '../results/collector.ts'
import { dayMs } from './day-of-bookings.ts'
import type { CollectProcessFigures } from './feed-collector.ts'

/** The process that `feed-collector.ts` feeds: a collector behind a pipe, as behind k6. Its argument: the rows that come. */
const rows = Number(process.argv[2])
const plan: Plan = {
  schemaVersion: 1,
  scenario: 'bench',
  seed: 1,
  fiscalCodes: 'marked',
  slice: { day: 'monday', fromMs: 0, toMs: dayMs, fullVolume: false, scale: {} },
  durationMs: dayMs,
  drainCapMs: 0,
  phases: [{ name: 'steady', fromMs: 0, toMs: dayMs }],
  streams: [],
  totals: {},
  gates: [],
  fingerprint: '',
  systems: ['recup', 'prescriptions'],
  searchArea: 'region',
  dataset: {
    organizations: 0,
    patients: 0,
    prescriptions: 0,
    schedules: 0,
    slots: 0,
    appointments: 0,
    tasks: 0,
    invoices: 0,
    encounters: 0,
    documents: 0,
    documentBytes: 0,
    studies: 0,
    imageBytes: 0,
    orders: 0,
  },
}

const dir = mkdtempSync(join(tmpdir(), 'collaudo-collect-'))
const collector = new Collector({ plan, rowsPerStream: { web: rows }, dir })
const before = process.cpuUsage()
for await (const chunk of process.stdin) collector.write(chunk)
const { delivery } = collector.end()
const { user, system } = process.cpuUsage(before)
const diskBytes = readdirSync(dir).reduce((sum, name) => sum + statSync(join(dir, name)).size, 0)
rmSync(dir, { recursive: true })
if (delivery.completed !== rows || delivery.samplesLost > 0) throw new Error('expected every row to be collected')
const figures: CollectProcessFigures = {
  cpuSeconds: (user + system) / 1e6,
  rssBytes: process.resourceUsage().maxRSS * 1024,
  diskBytes,
}
console.log(JSON.stringify(figures))
