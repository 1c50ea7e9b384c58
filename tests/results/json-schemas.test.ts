import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { acceptInto } from '../../results/comparison/accept.ts'
import { baselineRunOf, readFinishedRun } from '../../results/comparison/finished-run.ts'
import { jsonSchema, type PublishedDocument } from '../../results/json-schemas.ts'
import { capacityRecord } from './capacity/searched.ts'
import { comparableRun } from './comparison/comparable-run.ts'
import { emptyFolder } from './fixture.ts'

const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))

/** As it is written to a file. */
const written: Readonly<Record<PublishedDocument, () => Promise<unknown>>> = {
  run: async () => read(join((await comparableRun()).dir, 'run.json')),
  capacity: async () => JSON.parse(JSON.stringify(capacityRecord())),
  baseline: async () => {
    const file = join(emptyFolder(), 'one.json')
    const finished = await readFinishedRun((await comparableRun()).dir)
    await acceptInto(file, { ...finished, run: baselineRunOf(finished) }, false)
    return read(file)
  },
}

describe.each(Object.entries(written) as [PublishedDocument, () => Promise<unknown>][])(
  'docs/%s.schema.json',
  (name, document) => {
    const validator = () => {
      const ajv = new Ajv2020({ allErrors: true })
      addFormats.default(ajv)
      return ajv.compile(read(new URL(`../../docs/${name}.schema.json`, import.meta.url).pathname) as object)
    }

    it('is what the types say; after a change of the types, run this test with --update', async () => {
      await expect(jsonSchema(name)).toMatchFileSnapshot(`../../docs/${name}.schema.json`)
    })

    it('is a JSON Schema by which an independent validator finds nothing wrong with what is written', async () => {
      const validate = validator()
      expect([validate(await document()), validate.errors]).toEqual([true, null])
    })

    it('lets the validator find a field that is missing, one too many, and one of another value', async () => {
      const validate = validator()
      const { schemaVersion, ...rest } = Object(await document())
      const problems = (of: unknown) => [validate(of), validate.errors?.map(({ keyword }) => keyword)]
      expect(schemaVersion).toBe(1)
      expect(problems(rest)).toEqual([false, ['required']])
      expect(problems({ ...rest, schemaVersion, colour: 'red' })).toEqual([false, ['additionalProperties']])
      expect(problems({ ...rest, schemaVersion: 2 })).toEqual([false, ['const']])
    })
  },
)
