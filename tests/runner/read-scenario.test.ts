import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { stringify } from 'yaml'
import { drawPlan } from '../../planner/plan.ts'
import { onlyScenario, readScenario } from '../../runner/read-scenario.ts'
import { ownGates } from '../../scenarios/own-gates.ts'
import { ownProject } from './own-project.ts'

const project = (scenarios: Readonly<Record<string, object | string>>): string =>
  ownProject(
    'scenarios',
    Object.fromEntries(
      Object.entries(scenarios).map(([name, data]) => [
        `${name}.yaml`,
        typeof data === 'string' ? data : stringify(data),
      ]),
    ),
  )

const own = {
  name: 'our-morning',
  summary: 'Web and counters on a Monday morning, with twice the web',
  extends: 'recup-day',
  streams: ['web', 'counter'],
  slice: { day: 'monday', from: '09:00', to: '09:10' },
  surges: { web: { factor: 2, why: 'assumption' } },
  warmUpMs: 1000,
  gates: [
    { name: 'failures', kind: 'failures', phase: 'steady', limitRatio: 0, why: 'we allow none' },
    {
      name: 'ours',
      kind: 'latency',
      phase: 'steady',
      journey: 'book',
      step: 'search',
      from: 'sent',
      quantile: 0.5,
      limitMs: 100,
      minSamples: 5,
      why: 'assumption',
    },
  ],
}

test('a scenario of one’s own is one of collaudo with other streams, volumes, times and gates', async () => {
  project({ 'our-morning': own })
  const scenario = await readScenario('our-morning')
  const base = await readScenario('recup-day')
  expect(scenario).toMatchObject({ name: 'our-morning', slice: own.slice, warmUpMs: 1000, drainCapMs: base.drainCapMs })
  expect(scenario.leftOut).toBeUndefined()
  expect(scenario.streams.map(({ name }) => name)).toEqual(['web', 'counter'])
  expect(scenario.gates.filter(({ name }) => ['failures', 'ours'].includes(name))).toEqual(own.gates)
  expect(scenario.gates.map(({ name }) => name)).toEqual(expect.arrayContaining(['search-p95', 'accept-p95']))
  expect(scenario.gates.map(({ name }) => name)).not.toContain('calls-answered')
  const slice = { day: 'monday', fromMs: 32_400_000, toMs: 33_000_000, fullVolume: false, scale: {} }
  const expectedOf = (of: typeof scenario) =>
    drawPlan({ scenario: of, slice, seed: 1, fiscalCodes: 'marked' }).plan.streams.find(({ name }) => name === 'web')
      ?.expected ?? 0
  expect(expectedOf(scenario)).toBeCloseTo(2 * expectedOf(base), 6)
})

test('without the gates of the other it keeps those on the load itself and on promises', async () => {
  project({ 'our-morning': { ...own, keepsGates: false } })
  const names = (await readScenario('our-morning')).gates.map(({ name }) => name)
  expect(names).toEqual(['failures', 'ours', ...ownGates.map(({ name }) => name)])
})

test('some of its streams can be left out by name', async () => {
  project({ 'our-morning': own })
  const scenario = await readScenario('our-morning', 'web')
  expect([scenario.streams.map(({ name }) => name), scenario.leftOut]).toEqual([['web'], ['counter']])
})

test('a scenario with a name of collaudo’s is refused by its name and by its path', async () => {
  const dir = project({ 'recup-day': { ...own, name: 'recup-day' } })
  await expect(readScenario('recup-day')).rejects.toThrow(
    `expected one recup-day in scenarios, got collaudo's and ${join('scenarios', 'recup-day.yaml')}`,
  )
  await expect(readScenario(join(dir, 'scenarios', 'recup-day.yaml'))).rejects.toThrow(
    'name: expected one that no scenario of collaudo has, got recup-day',
  )
})

test('all that is wrong with it is said at once, with the file and the key', async () => {
  project({
    wrong: {
      ...own,
      streams: ['web', 'nobody'],
      slice: { day: 'someday', from: '10:00', to: '09:00' },
      surges: { phone: { factor: 2, why: 'assumption' } },
      name: 'wrong',
      gates: [{ ...own.gates[1], step: 'nothing' }, { ...own.gates[0], phase: 'fault' }, own.gates[0]],
    },
  })
  const { kind, message, hint } = await readScenario('wrong').catch((error) => error)
  expect([kind, hint]).toEqual(['usage', `edit ${join('scenarios', 'wrong.yaml')}`])
  const keys = String(message)
    .split('\n')
    .map((line) => line.split(': ')[1])
  expect(keys).toEqual(['streams', 'slice.day', 'slice.to', 'gates.ours', 'gates.failures', 'gates.failures'])
})

test.each([
  [
    'no gate',
    { ...own, name: 'wrong', keepsGates: false, gates: [] },
    /gates: expected one at least where keepsGates is false, got none/,
  ],
  ['another name', { ...own, name: 'right' }, /name: expected that of its file, wrong, got right/],
  ['no YAML', ': [', /expected a scenario in YAML in .*wrong\.yaml/],
  ['keys that it does not know', { ...own, colour: 'red' }, /wrong\.yaml: the file: .*colour/],
  ['a scenario that is not there', { ...own, extends: 'nowhere' }, /extends: expected one of recup-day.*, got nowhere/],
])('a file with %s is a usage failure', async (_, data, message) => {
  project({ wrong: data })
  await expect(readScenario('wrong')).rejects.toMatchObject({ kind: 'usage', message: expect.stringMatching(message) })
})

test('a name that is nowhere is refused with those that there are, the project’s among them', async () => {
  project({ 'our-morning': own })
  await expect(readScenario('nowhere')).rejects.toThrow(/expected a scenario of recup-day.*our-morning.*, got nowhere/)
})

test('a path that leads nowhere, and a folder that is a file, are usage failures', async () => {
  const dir = project({})
  await expect(readScenario('nowhere.yaml')).rejects.toMatchObject({
    message: 'expected a scenario in YAML in nowhere.yaml, got no such file',
    hint: expect.stringContaining('correct the path'),
  })
  rmSync(join(dir, 'scenarios'), { recursive: true })
  writeFileSync(join(dir, 'scenarios'), '')
  expect(onlyScenario).toThrow('expected a folder that can be read at scenarios, got ENOTDIR')
})

test('the only scenario of a project need not be named', () => {
  project({ 'our-morning': own })
  expect(onlyScenario()).toBe('our-morning')
})

test.each([
  ['none', {}, 'no file in scenarios/'],
  ['two', { one: own, two: own }, '2 in scenarios/: one, two'],
])('with %s there is nothing to choose', (_, scenarios, got) => {
  project(scenarios)
  expect(onlyScenario).toThrow(`expected a scenario, got none, and ${got}`)
})
