import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeSample } from '../../generators/sample-codec.ts'
import type { StepResult } from '../../model/run-record.ts'
import { Collector } from '../../results/collector.ts'
import { readCells, stepResults } from '../../results/read-cells.ts'
import { csvHeader, healthyRun, plan, rowsPerStream, runFolder } from './fixture.ts'

const whole = plan(60)
const lines = healthyRun(whole).toString().split('\n').slice(1, -1)

/** The samples dealt out to processes by their actor, as k6 does it; every process tells the zero. What else is written goes with the sample before it. */
const dealt = (parts: number): readonly Buffer[] => {
  const texts = Array.from({ length: parts }, () => csvHeader)
  let part = 0
  for (const line of lines) {
    const encoded = /c=(.*)$/.exec(line)?.[1]
    const decoded = encoded === undefined ? undefined : decodeSample(encoded)
    if (decoded?.sample.kind === 'clock') {
      for (const index of texts.keys()) texts[index] += `${line}\n`
      continue
    }
    if (decoded) part = decoded.origin.actor % parts
    texts[part] += `${line}\n`
  }
  return texts.map((text) => Buffer.from(text))
}

const nameOf = ({ stream, journey, step, phase }: StepResult): string => [stream, journey, step, phase].join('|')

/** What they come to, read in turn, a chunk of each. */
const collectedOf = async (parts: number, chunkBytes: number) => {
  const dir = runFolder(whole)
  const collector = new Collector({ plan: whole, rowsPerStream: rowsPerStream(whole), dir, parts })
  const outputs = dealt(parts)
  const longest = Math.max(...outputs.map(({ length }) => length))
  for (let at = 0; at < longest; at += chunkBytes)
    for (const [part, bytes] of outputs.entries()) collector.write(bytes.subarray(at, at + chunkBytes), part)
  const { delivery, totals, rowsStartedTwice } = collector.end()
  return {
    delivery,
    totals,
    rowsStartedTwice,
    steps: stepResults(await readCells(dir)).toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)),
  }
}

describe('what several processes write', () => {
  it('comes to the same cells and counts as what one writes, however it is dealt out and cut', async () => {
    const one = await collectedOf(1, 1 << 20)
    expect(one.delivery).toMatchObject({ started: 120, completed: 120, samplesLost: 0 })
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2, max: 8 }),
        fc.integer({ min: 1000, max: 100_000 }),
        async (parts, chunkBytes) => {
          expect(await collectedOf(parts, chunkBytes)).toEqual(one)
        },
      ),
      { numRuns: 20 },
    )
  })
})
