import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { nullLoad } from '../../bench/null-load.ts'
import { k6Path } from '../../cli/k6-path.ts'
import { parseSlice } from '../../cli/parse-options.ts'
import { recupDay } from '../../scenarios/recup-day.ts'

const k6 = k6Path(process.env)

/** A few quiet minutes: streams with fewer rows than there are parts, and with fewer actors. */
const scenario = { ...recupDay, warmUpMs: 0, drainCapMs: 30_000 }
const slice = parseSlice({ day: 'sunday', from: '10:00', to: '10:04', squeeze: '6s', fullVolume: true }, scenario)

const startedRows = (dir: string): readonly string[] =>
  gunzipSync(readFileSync(join(dir, 'ledger.ndjson.gz')))
    .toString()
    .split('\n')
    .filter((line) => line.includes('"kind":"row"'))
    .map((line) => JSON.parse(line))
    .map(({ stream, row }) => `${stream} ${row}`)

test.each([1, 2, 4, 8])('%i processes start exactly the rows of the plan, each of them once', async (parts) => {
  let rows: readonly string[] = []
  const { planned, ended, collected } = await nullLoad({
    k6,
    scenario,
    slice,
    parts,
    hasPauses: false,
    inspect: async (dir) => {
      rows = startedRows(dir)
    },
  })
  expect(ended).toBe('completed')
  expect(planned).toBeGreaterThan(100)
  expect(new Set(rows).size).toBe(rows.length)
  expect(collected.delivery).toMatchObject({ planned, started: planned, completed: planned, cut: 0, samplesLost: 0 })
  expect(collected.rowsStartedTwice).toBe(0)
})
