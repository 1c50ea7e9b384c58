import { describe, expect, it, test } from 'vitest'
import { parseSlice } from '../../cli/parse-options.ts'
import { drawPlan } from '../../planner/plan.ts'
import { digitalServices } from '../../scenarios/digital-services.ts'
import { emergencyMonth } from '../../scenarios/emergency-month.ts'
import { recupDay } from '../../scenarios/recup-day.ts'
import { scenarios } from '../../scenarios/registry.ts'

const slice = { day: 'weekday', from: '11:00', to: '11:05' }

const expectedOf = (scenario: (typeof scenarios)[number], of = slice) => {
  const { plan } = drawPlan({ scenario, slice: parseSlice(of, scenario), seed: 1, fiscalCodes: 'marked' })
  return Object.fromEntries(plan.streams.map(({ name, expected }) => [name, expected]))
}
const named = (name: string) => scenarios.find((scenario) => scenario.name === name) ?? expect.fail(name)

describe.each(scenarios)('$name', (scenario) => {
  it('has a slice of its own in which somebody arrives', () => {
    const { day, from, to } = scenario.slice
    const minute = { day, from, to: to === '24:00' ? '00:10' : to }
    expect(Math.max(...Object.values(expectedOf(scenario, minute)))).toBeGreaterThan(0)
  })

  it('judges integrity and the load generator, gives every gate a reason, and judges only what its streams do', () => {
    expect(scenario.gates.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['integrity', 'timer-lag', 'failures']),
    )
    const streams = scenario.streams.map(({ name }) => name)
    const actions = scenario.streams.flatMap(({ mix }) => mix.map(({ action }) => action as string))
    for (const gate of scenario.gates) {
      expect(gate.why).not.toBe('')
      if ('stream' in gate) expect(streams).toContain(gate.stream)
      if ('streams' in gate) expect(streams).toEqual(expect.arrayContaining([...(gate.streams ?? [])]))
      if ('journey' in gate) expect(actions).toContain(gate.journey)
    }
    expect(new Set(scenario.gates.map(({ name }) => name)).size).toBe(scenario.gates.length)
  })
})

test('gates of one name are the same in all parts of the regional day, where they are put together', () => {
  const byName = new Map<string, unknown>()
  for (const gate of [recupDay, emergencyMonth, digitalServices].flatMap(({ gates }) => gates)) {
    expect(byName.get(gate.name) ?? gate).toEqual(gate)
    byName.set(gate.name, gate)
  }
})

describe('surges', () => {
  const ordinary = expectedOf(recupDay)

  it('are twice the calls and visits on the first Monday after holidays, and as many acceptances', () => {
    const { phone, web, counter } = expectedOf(named('recup-monday-opening'))
    expect([phone, web, counter]).toEqual([
      expect.closeTo((ordinary['phone'] ?? 0) * 2, 9),
      expect.closeTo((ordinary['web'] ?? 0) * 2, 9),
      ordinary['counter'],
    ])
  })

  it('are ten times the web visits after an announcement, and nothing else', () => {
    const { phone, web, counter } = expectedOf(named('announcement-spike'))
    expect([phone, web, counter]).toEqual([
      ordinary['phone'],
      expect.closeTo((ordinary['web'] ?? 0) * 10, 9),
      ordinary['counter'],
    ])
  })
})
