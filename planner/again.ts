import type { Curve } from '../generators/curve.ts'
import { erlangA } from '../generators/erlang-a.ts'
import { meanHandlingMs } from '../generators/handling.ts'
import type { Rng } from '../generators/rng.ts'
import { rowDraws } from '../generators/row-draws.ts'
import { rowUniform } from '../generators/row-uniform.ts'
import type { Action, StreamSpec } from '../model/scenario.ts'
import { redials } from '../region/call-centre.ts'
import { secondDesk } from '../region/mixes.ts'
import { assumedStepMs } from '../region/pace.ts'

/** Somebody who has been there comes again, for the same thing. */
export interface Again {
  readonly atMs: number
  readonly seed: number
}

interface Arrived {
  readonly subject: number
  readonly seed: number
  readonly atMs: number
  readonly action: Action
}

/**
 * Who comes again after an arrival: callers who are expected to have given up dial again, and a few prescriptions are
 * shown at a second desk. Drawn ahead of the run, so that it is the same for every system.
 */
export const again = (rng: Rng, spec: StreamSpec, curve: Curve): ((arrived: Arrived) => readonly Again[]) => {
  const abandonedAt = expectedAbandonment(spec, curve)
  return ({ subject, seed, atMs, action }) => {
    const of = rng.at(subject)
    if (action === 'take-charge') {
      const { share, withinMs } = secondDesk.value
      return of.float() < share ? [{ atMs: atMs + of.float() * withinMs, seed: of.uint32() }] : []
    }
    const { share, soonestMs, latestMs } = redials.value
    // The least patient are those who are expected to have given up.
    const isGone = rowUniform(seed, rowDraws.patience) < abandonedAt(atMs)
    return isGone && of.float() < share
      ? [{ atMs: atMs + soonestMs + of.float() * (latestMs - soonestMs), seed: of.uint32() }]
      : []
  }
}

/** Share of the calls of each stretch of the curve that Erlang A expects to be given up; 0 where nobody gives up. */
const expectedAbandonment = (spec: StreamSpec, curve: Curve): ((atMs: number) => number) => {
  const { pool } = spec
  if (pool.kind !== 'staff' || pool.patienceMs === undefined) return () => 0
  const { people: operators, patienceMs } = pool
  const handlingMs = meanHandlingMs(spec, assumedStepMs.value)
  const ratios = curve.map(({ arrivalsPerMs }) => {
    const expected = erlangA({ arrivalsPerSecond: arrivalsPerMs * 1000, handlingMs, operators, patienceMs })
    return expected.abandonedRatio
  })
  let segment = 0
  return (atMs) => {
    while (segment < curve.length - 1 && atMs >= (curve[segment]?.toMs ?? 0)) segment++
    return ratios[segment] ?? 0
  }
}
