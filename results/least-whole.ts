/**
 * The least whole number ≥ 0 that is enough, where every greater one is too, by doubling and halving. Throws a RangeError where not
 * even 2^40 is enough.
 */
export const leastWhole = (isEnough: (value: number) => boolean): number => {
  if (isEnough(0)) return 0
  let tooFew = 0
  let enough = 1
  for (; !isEnough(enough); enough *= 2) {
    if (enough > 2 ** 40) throw new RangeError(`expected a number that is enough, got none up to ${enough}`)
    tooFew = enough
  }
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2)
    if (isEnough(middle)) enough = middle
    else tooFew = middle
  }
  return enough
}
