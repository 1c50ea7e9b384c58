import { readFile, writeFile } from 'node:fs/promises'
import { capacity } from './capacity.ts'
import { contention } from './contention.ts'
import { detection } from './detection.ts'
import { exactness } from './exactness.ts'
import { experimentMatrix, truthOfExperiments } from './experiments.ts'
import { kills } from './kills.ts'
import { memory } from './memory.ts'
import { observedRuns } from './observed.ts'
import { people } from './people.ts'
import type { Figure, Proof } from './proof.ts'
import { restoration } from './restoration.ts'
import { scale } from './scale.ts'
import { soak } from './soak.ts'
import { steady } from './steady.ts'
import { truth } from './truth.ts'
import { uploads } from './uploads.ts'

/**
 * Runs the long proofs, one case after the other, and keeps each figure as soon as it is there: broken off and started
 * again it goes on with what is missing. `npm run qualify -- PROOF…` measures those again.
 */
const proofs: readonly Proof[] = [
  exactness,
  steady,
  memory,
  truth,
  contention,
  people,
  scale,
  uploads,
  kills,
  restoration,
  detection,
  capacity,
  observedRuns,
  soak,
  truthOfExperiments,
]
const figuresFile = new URL('./figures.json', import.meta.url)
const tableFile = new URL('../docs/qualification.md', import.meta.url)

type Figures = Record<string, Figure>

const readFigures = async (): Promise<Figures> => JSON.parse(await readFile(figuresFile, 'utf8').catch(() => '{}'))

const keyOf = (proof: Proof, name: string): string => `${proof.name}: ${name}`

const tableOf = (figures: Figures): string =>
  [
    '# Qualification',
    '',
    'Made by `npm run qualify` on 2 cores and 24 GiB; each line is one run, as it was measured.',
    '',
    '| proof | case | must show | measured | |',
    '|---|---|---|---|---|',
    ...proofs
      .filter((proof) => proof !== truthOfExperiments)
      .flatMap((proof) =>
        proof.cases.map(({ name, limit }) => {
          const figure = figures[keyOf(proof, name)]
          return `| ${proof.name} | ${name} | ${limit} | ${figure?.figure ?? 'not measured'} | ${figure ? (figure.ok ? 'holds' : '**fails**') : ''} |`
        }),
      ),
    '',
    ...experimentMatrix((name) => figures[keyOf(truthOfExperiments, name)]),
    '',
  ].join('\n')

const wanted = process.argv.slice(2)
const figures = await readFigures()
for (const proof of proofs) {
  for (const { name, run } of proof.cases) {
    const key = keyOf(proof, name)
    if (wanted.length > 0 ? !wanted.some((word) => key.includes(word)) : figures[key]?.ok) continue
    const figure = await run()
    process.stdout.write(`${figure.ok ? 'holds' : 'FAILS'}  ${key}: ${figure.figure}\n`)
    figures[key] = figure
    await writeFile(figuresFile, `${JSON.stringify(figures, null, 2)}\n`)
  }
}
await writeFile(tableFile, tableOf(figures))
process.exitCode = Object.values(figures).every(({ ok }) => ok) ? 0 : 1
