import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { experimentSchema } from '../model/experiment.ts'
import { stageExperiment } from '../runner/stage-experiment.ts'
import { root } from './source/files.ts'

const text = readFileSync(join(root, 'docs/how-to/write-an-experiment.md'), 'utf8')
const blocks = [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml = '']): object => parse(yaml))
const [whole, ...parts] = blocks

describe('the example of how to write an experiment', () => {
  it('can be staged', () => {
    expect(stageExperiment(experimentSchema.parse(whole)).scenario.name).toBe('digital-services')
  })

  it.each(parts.map((part) => [Object.keys(part).join(', '), part]))('can have the part with %s', (_, part) => {
    expect(stageExperiment(experimentSchema.parse({ ...whole, ...Object(part) })).scenario.streams).toHaveLength(3)
  })
})
