import type { Point } from './least-squares.ts'

/** The difference curve must fall by so many mean distances of x behind a knee (Satopää 2011: S = 1). */
const sensitivity = 1
/** With fewer a knee is where somebody happened to look. */
export const leastPoints = 8

/**
 * Kneedle (Satopää, Albrecht, Irwin, Raghavan 2011): where a curve that grows bends most, among its own points. `falling`: it
 * grows ever more slowly, as throughput does; `rising`: ever faster, as latency does, and is looked at from its other end.
 * What does not grow is levelled first. Undefined for fewer than eight points, and for a line.
 */
export const kneeOf = (points: readonly Point[], growth: 'falling' | 'rising'): Point | undefined => {
  const sorted = points.toSorted((a, b) => a.x - b.x)
  const levelled = growing(sorted.map(({ y }) => y))
  const [first, last] = [sorted[0], sorted.at(-1)]
  const [bottom = 0, top = 0] = [levelled[0], levelled.at(-1)]
  if (sorted.length < leastPoints || !first || !last || first.x === last.x || top <= bottom) return undefined
  const unit = sorted.map(({ x }, index) => {
    const [across, up] = [(x - first.x) / (last.x - first.x), ((levelled[index] ?? 0) - bottom) / (top - bottom)]
    return growth === 'falling' ? { x: across, y: up } : { x: 1 - across, y: 1 - up }
  })
  const index = bend(growth === 'falling' ? unit : unit.toReversed())
  return index === undefined ? undefined : sorted[growth === 'falling' ? index : sorted.length - 1 - index]
}

/** The highest local maximum of y − x behind which it falls below its threshold. */
const bend = (unit: readonly Point[]): number | undefined => {
  const difference = unit.map(({ x, y }) => y - x)
  const at = (index: number) => difference[index] ?? 0
  const step = sensitivity / (unit.length - 1)
  const maxima = difference
    .map((_, index) => index)
    .filter((index) => index > 0 && index < unit.length - 1)
    .filter((index) => at(index) > 0 && at(index) >= at(index - 1) && at(index) >= at(index + 1))
    .filter((index) => difference.slice(index).some((value) => value < at(index) - step))
  return maxima.toSorted((a, b) => at(b) - at(a))[0]
}

/** The values nearest to these, in squares, that never fall (pool adjacent violators). */
const growing = (values: readonly number[]): readonly number[] => {
  const blocks: { sum: number; count: number }[] = []
  for (const value of values) {
    let block = { sum: value, count: 1 }
    for (let before = blocks.at(-1); before && mean(before) > mean(block); before = blocks.at(-1)) {
      block = { sum: block.sum + before.sum, count: block.count + before.count }
      blocks.pop()
    }
    blocks.push(block)
  }
  return blocks.flatMap((block) => Array.from({ length: block.count }, () => mean(block)))
}

const mean = ({ sum, count }: { readonly sum: number; readonly count: number }): number => sum / count
