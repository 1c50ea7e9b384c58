import exec from 'k6/execution'
import type { PartBegan } from '../../model/sample.ts'
import { clockOffset } from './clock-offset.ts'
import { plan, target } from './settings.ts'

/** What one of several load generators says of itself. Only within setup or a journey. */
export const partBegan = (): PartBegan => {
  const [baseUrl] = Object.values(target.systems)
  return {
    kind: 'part',
    ...segmentOf(exec.test.options.executionSegment ?? '0:1'),
    fingerprint: plan.fingerprint,
    offset: baseUrl === undefined ? undefined : clockOffset(`${baseUrl}/metadata`),
  }
}

/** `1/4:1/2`, as k6 writes the second of four, is part 1 of 4. */
const segmentOf = (segment: string): { readonly part: number; readonly parts: number } => {
  const [from = 0, to = 1] = segment.split(':').map(ratioOf)
  const parts = Math.round(1 / (to - from))
  return { part: Math.round(from * parts), parts }
}

const ratioOf = (fraction: string): number => {
  const [over = 0, under = 1] = fraction.split('/').map(Number)
  return over / under
}
