import { constants } from 'node:fs'
import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import type { Environment } from '../../clients/token.ts'
import { Failure } from '../../model/failure.ts'
import { type Plan, planSchema } from '../../model/plan.ts'
import type { RunRecord } from '../../model/run-record.ts'
import { type Split, splitSchema } from '../../model/split.ts'
import { readTimetable } from '../../results/read-timetable.ts'
import { readDocument } from '../../results/stored-document.ts'
import { conclude } from '../conclude.ts'
import { openTarget } from '../open-target.ts'
import { isEmbedded, readTarget } from '../read-target.ts'
import type { RunEvents } from '../run-request.ts'
import { awaitParts } from './await-parts.ts'
import { collectParts } from './collect-parts.ts'
import { loadFolder, resultsFolder, splitFile } from './split.ts'

export interface MergeRequest {
  /** The folder of the split, and more with what parts have brought back. */
  readonly dirs: readonly [string, ...string[]]
  /** Run folder, empty. */
  readonly dir: string
  readonly runsDir: string
  readonly env: Environment
  readonly signal: AbortSignal
  readonly events: Pick<RunEvents, 'phase'> & {
    /** For which parts it waits. */
    waiting(text: string): void
  }
}

/** What `split` has written. Throws a usage Failure. */
export const readSplit = (dir: string): Split =>
  readDocument({
    what: 'a split',
    path: join(dir, splitFile),
    schema: splitSchema,
    mend: 'name the folder that collaudo split has written first',
  })

/** Puts together what the parts of a load have brought back, and does what a run does after its load. */
export const merge = async ({ dirs, dir, runsDir, env, signal, events }: MergeRequest): Promise<RunRecord> => {
  const [home] = dirs
  const made = readSplit(home)
  const { id, namespace, provenance, startedAt } = made
  const target = await readTarget(join(home, 'target.yaml'))
  if (isEmbedded(target))
    throw new Failure('usage', 'expected a target that lasts, got the embedded one', 'split again')
  const load = join(home, loadFolder)
  const plan = readPlan(load, made)
  const files = await awaitParts({
    split: made,
    dirs: dirs.flatMap((one) => [one, join(one, resultsFolder)]),
    signal,
    tell: events.waiting,
  })
  await cp(load, dir, { recursive: true, mode: constants.COPYFILE_FICLONE })
  const open = await openTarget(target, { systems: plan.systems, env, defects: [], dataDir: '' })
  const rowsPerStream = await rowsOf(load, plan)
  const { collected, parts } = await collectParts({ dir, plan, rowsPerStream, parts: made.parts, files })
  events.phase(
    `merge     ${collected.delivery.started} of ${collected.delivery.planned} rows from ${files.length} of ${made.parts} parts`,
  )
  const isWhole = parts.every(({ state }) => state === 'ended')
  return conclude(
    { dir, plan, open, tell: events.phase },
    {
      loaded: {
        collected,
        ended: signal.aborted ? 'interrupted' : isWhole ? 'completed' : 'crashed',
        endedBecause: null,
        processorTime: { kind: 'not-known', reason: 'the load came from machines apart' },
      },
      ...{ env, runsDir },
      endedUnixMs: Math.min(Date.now(), made.endsUnixMs),
      isUsual: isWhole,
      compared: async (record) => record,
      facts: {
        ...{ id, namespace, provenance, startedAt, parts },
        experiment: null,
        defects: [],
        faults: [],
        edges: [],
        health: [],
      },
    },
  )
}

/** Throws a usage Failure where the folder holds the plan of another split. */
const readPlan = (load: string, { fingerprint }: Split): Plan => {
  const plan = readDocument({
    what: 'a plan',
    path: join(load, 'plan.json'),
    schema: planSchema,
    mend: 'copy the folder of the split again',
  })
  if (plan.fingerprint === fingerprint) return plan
  throw new Failure(
    'usage',
    `expected the plan ${fingerprint.slice(0, 12)} in ${load}, got ${plan.fingerprint.slice(0, 12)}`,
    'copy the folder of the split again',
  )
}

const rowsOf = async (load: string, { streams }: Plan): Promise<Readonly<Record<string, number>>> => {
  const counts: Record<string, number> = {}
  for (const { name } of streams) {
    let rows = 0
    for await (const _ of readTimetable(load, name)) rows += 1
    counts[name] = rows
  }
  return counts
}
