import { describe, expect, test } from 'vitest'
import { isArriving } from '../../model/scenario.ts'
import { chiSquareP } from '../../qualify/realism/chi-square.ts'
import { picture } from '../../qualify/realism/picture.ts'
import { streamReport } from '../../qualify/realism/stream-report.ts'
import { scenarios } from '../../scenarios/registry.ts'

const streams = scenarios
  .filter(({ name }) => ['recup-day', 'emergency-month', 'digital-services', 'imaging-day'].includes(name))
  .flatMap((scenario) => scenario.streams.filter(isArriving).map((spec) => [spec.name, scenario, spec] as const))

/** Of so many tests of a true hypothesis one falls below this in a hundred times. */
const onePercentOfAll = 0.01 / (10 * streams.length)

test.each(streams)('a drawn day of %s is a sample of its model', (_, scenario, spec) => {
  const { tests, arrivals, drawn, expected } = streamReport(scenario, spec, 5)
  expect(arrivals).toBeGreaterThan(0)
  expect(tests.filter(({ p }) => p < onePercentOfAll)).toEqual([])
  expect([drawn.length, expected.length]).toEqual([96, 96])
})

describe('chi-square', () => {
  // Exact: the upper tail of chi-square at 3.84 with one degree of freedom, and at 5 with five.
  test.each([
    [[59.8, 40.2], [50, 50], 0.05],
    [[110, 90, 110, 90, 105, 95], [100, 100, 100, 100, 100, 100], 0.48],
  ] as const)('of %j where %j is expected has p %f', (observed, expected, p) => {
    const classes = observed.map((of, index) => ({ observed: of, expected: expected[index] ?? 0 }))
    expect(Math.abs(chiSquareP(classes) - p)).toBeLessThan(0.01)
  })

  test('finds a share that is five per cent off', () => {
    expect(
      chiSquareP([
        { observed: 5500, expected: 5000 },
        { observed: 4500, expected: 5000 },
      ]),
    ).toBeLessThan(1e-6)
  })
})

test('a picture shows who came over who was expected', () => {
  const curve = [
    { fromMs: 0, toMs: 50, arrivalsPerMs: 0 },
    { fromMs: 50, toMs: 100, arrivalsPerMs: 0.16 },
  ]
  const arrivals = [51, 60, 61, 62, 76, 77, 78, 79]
  expect(picture(arrivals, curve, { fromMs: 0, toMs: 100, columns: 4 })).toEqual(['  ██', '  ██'])
})
