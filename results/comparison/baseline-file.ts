import { existsSync } from 'node:fs'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type Baseline, type BaselineRun, baselineSchema } from '../../model/baseline.ts'
import { Histogram } from '../histogram.ts'
import { readDocument } from '../stored-document.ts'
import type { StepBlocks } from './step-blocks.ts'

/** More say little more, and the file is to be read by people. */
const mostRuns = 10

/** Reads a baseline; undefined when there is no such file. Throws a usage Failure naming everything that is wrong with it. */
export const readBaseline = (file: string): Baseline | undefined =>
  existsSync(file)
    ? readDocument({
        what: 'a baseline',
        path: file,
        schema: baselineSchema,
        mend: 'make one: collaudo baseline accept RUN',
      })
    : undefined

/** A baseline with one more run, the newest last. */
export const withRun = (baseline: Baseline, run: BaselineRun): Baseline => ({
  ...baseline,
  runs: [...baseline.runs, run].slice(-mostRuns),
})

/** Writes a baseline whole or not at all, a step a line, so that a review shows which steps moved. */
export const writeBaseline = async (file: string, { runs, ...about }: Baseline): Promise<void> => {
  await mkdir(dirname(file), { recursive: true })
  const [head] = JSON.stringify(about, null, 2).split(/\n\}$/)
  const text = `${head},\n  "runs": [\n${runs.map(runText).join(',\n')}\n  ]\n}\n`
  await writeFile(`${file}.part`, text)
  await rename(`${file}.part`, file)
}

const runText = ({ steps, ...about }: BaselineRun): string =>
  `    { ${JSON.stringify(about).slice(1, -1)}, "steps": [\n${steps.map((step) => `      ${JSON.stringify(step)}`).join(',\n')}\n    ] }`

/** The blocks of a run of a baseline. */
export const blocksOfRun = ({ steps }: BaselineRun): readonly StepBlocks[] =>
  steps.map(({ answered, failed, ...where }) => ({
    ...where,
    blocks: answered.map((histogram, index) => ({ answered: Histogram.parse(histogram), failed: failed[index] ?? 0 })),
  }))
