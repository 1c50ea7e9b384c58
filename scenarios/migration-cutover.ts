import type { Gate } from '../model/gate.ts'
import type { FollowingStream, Scenario } from '../model/scenario.ts'
import { migration } from '../region/migration.ts'
import { mixes } from '../region/mixes.ts'
import { imagingDay } from './imaging-day.ts'

const mover = {
  mix: mixes.moves.value,
  channel: 'hospital',
  pool: { kind: 'population' },
  connection: 'kept',
} as const satisfies Partial<FollowingStream>

const allMoved = (stream: string, why: string): Gate => ({
  name: `${stream}-done`,
  kind: 'all-done',
  phase: 'steady',
  stream,
  limitRatio: 1,
  why,
})

const share = (value: number, source: string) => ({ value, unit: 'ratio of what is moved', source })
const trusts = migration.trustShare.value

/**
 * The archive of images moves while devices store and radiologists read on the old side; at the cutover they switch to the new
 * one, and what was stored on the old side meanwhile follows.
 */
export const migrationCutover: Scenario = {
  ...imagingDay,
  name: 'migration-cutover',
  summary:
    'The image archive moves to the cloud while it is used; writers and readers switch half-way, and both sides are compared',
  slice: { day: 'weekday', from: '09:00', to: '10:00' },
  cutoverRatio: 0.5,
  streams: [
    ...imagingDay.streams,
    { ...mover, name: 'trust-movers', demand: 'archive-moves', surge: share(trusts, 'migration.trustShare') },
    { ...mover, name: 'region-movers', demand: 'archive-moves', surge: share(1 - trusts, '1 − migration.trustShare') },
    { ...mover, name: 'catch-up', follows: { kind: 'catch-up', stream: 'modalities' } },
  ],
  gates: [
    ...imagingDay.gates,
    allMoved('trust-movers', 'the reason of the migration: every study arrives'),
    allMoved('region-movers', 'the reason of the migration: every study arrives'),
    allMoved('catch-up', 'the reason of the cutover: what was stored on the old side meanwhile arrives too'),
  ],
}
