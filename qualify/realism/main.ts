import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { type ArrivingStream, isArriving } from '../../model/scenario.ts'
import { scenarios } from '../../scenarios/registry.ts'
import { type StreamReport, streamReport } from './stream-report.ts'

/**
 * `npm run realism -- [--seed N]`: draws a mean working day of every stream there is, tests it against the model, and shows it
 * over its curve. A fresh seed by default: of a hundred tests of a right model about one has a p-value below 0.01.
 */
const { values } = parseArgs({ options: { seed: { type: 'string' } } })
const seed = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed)
if (!Number.isSafeInteger(seed) || seed < 0) {
  process.stderr.write(`--seed: expected a whole number from 0, got ${values.seed}\n`)
  process.exit(2)
}

/** A stream that several scenarios have is drawn once. */
const seen = new Set<string>()
const isNew = ({ name, demand }: ArrivingStream): boolean => {
  const key = `${name} ${demand}`
  return !seen.has(key) && Boolean(seen.add(key))
}

const textOf = ({ stream, arrivals, tests, drawn, expected }: StreamReport): string =>
  [
    `${stream}: ${arrivals} arrivals`,
    `  drawn     ${drawn}`,
    `  expected  ${expected}`,
    ...tests.map(({ test, p }) => `  p ${p.toFixed(3)}  ${test}${p < 0.001 ? '  ←' : ''}`),
  ].join('\n')

process.stdout.write(`seed ${seed}\n`)
for (const scenario of scenarios) {
  // What follows another stream is not drawn.
  for (const spec of scenario.streams.filter(isArriving).filter(isNew)) {
    process.stdout.write(`\n${textOf(streamReport(scenario, spec, seed))}\n`)
  }
}
