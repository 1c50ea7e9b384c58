import { expect, test } from 'vitest'
import { extrapolated, type LoadPoint, nationText, regionsOfNation } from '../../qualify/nation.ts'

const point = (factor: number): LoadPoint => ({
  factor,
  requestsPerSecond: 10 + 60 * factor,
  rowsPerSecond: 15 * factor,
  bytesPerSecond: 4e6 * factor,
  k6Cores: 0.1 + 0.2 * factor,
  k6Bytes: 0.5e9 + 1.3e9 * factor,
})
const parts = {
  linesPerSecond: 700_000,
  linesPerRequest: 11.5,
  collectorBytes: 0.14e9,
  diskBytesPerRequest: 25,
  rowsOfDay: 360_000,
  planSeconds: 12,
  planBytes: 1e9,
  loadedPerSecond: 10_000,
  resourcesOfDay: 2_500_000,
  series: 1517,
}

test('what was measured goes on in a straight line', () => {
  expect(extrapolated([1, 2, 5].map(point), (one) => one.requestsPerSecond, 11)).toBeCloseTo(670, 6)
})

test('a country is ten to eleven times Lazio', () => {
  expect(regionsOfNation()).toBeGreaterThan(10)
  expect(regionsOfNation()).toBeLessThan(11.5)
})

test('its runners and what breaks first follow from the slopes', () => {
  const text = nationText([1, 2, 5].map(point), parts)
  const factor = regionsOfNation()
  const runners = (0.5 + 1.3 * factor) / (16 * 0.8)
  expect(text).toContain(`**Runners**: ${Math.ceil(runners) === 1 ? 'one machine' : `${Math.ceil(runners)} machines`}`)
  expect(text).toContain(`| requests a second | 70 | ${Math.round(10 + 60 * factor)} |`)
  expect(text).toContain(`1. × ${runners.toFixed(1)}: one load generator`)
  expect(text).toContain('| series in Prometheus | 1,517 | 1,517 |')
})
