import { describe, expect, it } from 'vitest'
import { runJsonSchema } from '../../results/run-json-schema.ts'

describe('docs/run.schema.json', () => {
  it('is what the types say; after a change of model/run-record.ts, run this test with --update', async () => {
    await expect(runJsonSchema()).toMatchFileSnapshot('../../docs/run.schema.json')
  })

  it('describes every field of a run by a type', () => {
    const schema = JSON.parse(runJsonSchema())
    expect(schema.$schema).toContain('2020-12')
    expect(schema.required).toEqual(
      expect.arrayContaining(['schemaVersion', 'verdict', 'exitCode', 'integrity', 'gates']),
    )
    expect(schema.additionalProperties).toBe(false)
  })
})
