import type { Slice } from '../model/plan.ts'
import type { StreamSpec } from '../model/scenario.ts'

const hourMs = 3_600_000

/**
 * A stream with the people who are on shift during a slice: those of its best staffed hour, since k6 cannot send actors
 * home; a slice across shifts has too many in the others.
 */
export const onShift = <S extends StreamSpec>(spec: S, { fromMs, toMs }: Pick<Slice, 'fromMs' | 'toMs'>): S => {
  const { pool } = spec
  if (pool.kind !== 'staff' || !pool.shifts) return spec
  const shares = pool.shifts.value.slice(Math.floor(fromMs / hourMs), Math.ceil(toMs / hourMs))
  return { ...spec, pool: { ...pool, people: Math.max(1, Math.round(pool.people * Math.max(...shares))) } }
}
