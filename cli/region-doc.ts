import type { Quantity } from '../model/quantity.ts'
import type { PacedStep, ThinkTime, Way } from '../region/paced-steps.ts'
import { quantities } from '../region/quantities.ts'
import { announced } from './announced.ts'

/** Longer lists say how long they are. */
const maxListed = 24

/** `docs/region.md`: every number of the region with its unit and its source, or the word assumption. */
export const regionDoc = (): string =>
  [
    '# The numbers of the region',
    '',
    'Made from the folder `region/` (`npx vitest run tests/region -u` makes it anew). What has no published source says so with the word assumption.',
    ...Object.entries(quantities).flatMap(([chapter, entries]) => [
      '',
      `## ${chapter[0]?.toUpperCase()}${chapter.slice(1)}`,
      '',
      '| number | value | unit | source |',
      '| --- | --- | --- | --- |',
      ...Object.entries(entries).map(([name, quantity]) => rowOf(name, quantity)),
    ]),
    '',
    '## What was announced, and what exercises it',
    '',
    '| announced (regional press release, July 2025) | scenarios |',
    '| --- | --- |',
    ...announced.map(([fact, scenarios]) => `| ${fact} | ${scenarios.join(', ') || 'none yet'} |`),
    '',
  ].join('\n')

const rowOf = (name: string, { value, unit, source }: Quantity<unknown>): string =>
  `| ${[name, textOf(value), unit, source].map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`

const textOf = (value: unknown): string => {
  if (isWays(value)) return value.map((way) => wayOf(way, value.length > 1)).join('; or ')
  if (Array.isArray(value)) {
    return value.length > maxListed ? `${value.length} entries` : value.map(plain).join(', ')
  }
  return plain(value)
}

const plain = (value: unknown): string => {
  if (typeof value === 'number') return numberOf(value)
  if (Array.isArray(value)) return value.map(plain).join(' ')
  if (typeof value !== 'object' || value === null) return String(value)
  return Object.entries(value)
    .map(([key, of]) => `${key} ${plain(of)}`)
    .join(', ')
}

const numberOf = (value: number): string =>
  Number(value.toFixed(4)).toLocaleString('en-US', { maximumFractionDigits: 4 })

const isWays = (value: unknown): value is readonly Way[] =>
  Array.isArray(value) && value.every((way) => typeof way === 'object' && way !== null && 'steps' in way)

const wayOf = ({ weight, steps }: Way, isOneOfSeveral: boolean): string =>
  `${isOneOfSeveral ? `weight ${weight}: ` : ''}${steps.map(stepOf).join(' → ')}`

const stepOf = ({ step, thinkAfter }: PacedStep): string => {
  const pause = pauseOf(thinkAfter)
  return pause === '' ? step : `${step} ${pause}`
}

const pauseOf = (think: ThinkTime): string => {
  switch (think.kind) {
    case 'none':
      return ''
    case 'log-normal':
      return `(median ${think.medianMs / 1000} s)`
    case 'exponential':
      return `(mean ${think.meanMs / 1000} s)`
  }
}
