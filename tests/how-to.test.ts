import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { planOf } from '../chaos/drivers/chaos-mesh/planned.ts'
import { neededRights } from '../chaos/drivers/chaos-mesh/preflight/rights.ts'
import { experiments } from '../chaos/experiments/registry.ts'
import { experimentSchema } from '../model/experiment.ts'
import { ownScenarioSchema } from '../model/own-scenario.ts'
import { targetSchema } from '../model/target.ts'
import { extendScenario } from '../runner/extend-scenario.ts'
import { stageExperiment } from '../runner/stage-experiment.ts'
import { rolesOf } from './chaos/drivers/chaos-mesh/documented-roles.ts'
import { shop } from './chaos/drivers/chaos-mesh/shop.ts'
import { scenarioNamed } from './scenarios/scenario-named.ts'
import { root } from './source/files.ts'

const text = readFileSync(join(root, 'docs/how-to/write-an-experiment.md'), 'utf8')
const blocks = [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml = '']): object => parse(yaml))
const [whole, ...parts] = blocks

const stagedFrom = (data: unknown) => {
  const experiment = experimentSchema.parse(data)
  return stageExperiment(experiment, scenarioNamed(experiment.scenario))
}

describe('the example of how to write an experiment', () => {
  it('can be staged', () => {
    expect(stagedFrom(whole).scenario.name).toBe('digital-services')
  })

  it.each(parts.map((part) => [Object.keys(part).join(', '), part]))('can have the part with %s', (_, part) => {
    expect(stagedFrom({ ...whole, ...Object(part) }).scenario.streams).toHaveLength(3)
  })
})

const kubernetes = readFileSync(join(root, 'docs/how-to/kubernetes.md'), 'utf8')

const inWords = (names: readonly string[]): string => `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`

describe('how to break systems on Kubernetes', () => {
  const { roles, target: written } = rolesOf()
  const target = targetSchema.parse(written)
  const { chaosMesh } = target

  it('describes a target that names what it says', () => {
    expect(Object.keys(chaosMesh?.components ?? {})).toEqual(['recup', 'recup.store', 'prescriptions'])
  })

  it('names every experiment that cannot be conducted there', () => {
    const cannot = experiments.filter(
      (experiment) => planOf(experiment, { run: 'r1', target: shop() }).problems.length > 0,
    )
    expect(kubernetes).toContain(`${inWords(cannot.map(({ name }) => name).toSorted())} cannot be conducted here`)
  })

  it('grants every right that is asked for', () => {
    if (!chaosMesh) throw new Error('expected a cluster')
    const planned = experiments.flatMap((experiment) => planOf(experiment, { run: 'r1', target: chaosMesh }).planned)
    expect(planned.length).toBeGreaterThan(3)
    const missing = neededRights({ target: chaosMesh, planned }).filter(
      ({ verb, group, resource, namespace }) =>
        !roles.some(
          (role) =>
            role.metadata.namespace === namespace &&
            role.rules.some(
              (rule) =>
                rule.apiGroups.includes(group) && rule.resources.includes(resource) && rule.verbs.includes(verb),
            ),
        ),
    )
    expect(missing).toEqual([])
  })
})

describe('the example of a scenario of one’s own', () => {
  const [, yaml = ''] =
    /```yaml\n([\s\S]*?)```/.exec(readFileSync(join(root, 'docs/how-to/own-project.md'), 'utf8')) ?? []
  const own = ownScenarioSchema.parse(parse(yaml))

  it('extends the one that it names', () => {
    expect(extendScenario(own, scenarioNamed(own.extends))).toMatchObject({ scenario: { name: 'our-mondays' } })
  })
})
