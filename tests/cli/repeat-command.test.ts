import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { repeatCommand } from '../../cli/repeat-command.ts'

/** The words that a shell makes of a line. */
const wordsOf = (line: string): readonly string[] =>
  execFileSync('sh', ['-c', `set -f; printf '%s\\0' ${line}`], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1)

describe('repeatCommand', () => {
  test('is taken by a shell as the words that it was made of', () => {
    const word = fc.string({
      unit: fc.constantFrom('a', ' ', "'", '"', '*', '$', '\\', '`', '%', '=', ';', '~', '#', 'è'),
      minLength: 1,
    })
    fc.assert(
      fc.property(fc.array(word, { maxLength: 5 }), (words) => {
        expect(wordsOf(repeatCommand(words))).toEqual(['npx', 'collaudo', ...words])
      }),
      { numRuns: 40 },
    )
  })

  test('leaves plain words plain, and out what was not asked for', () => {
    expect(repeatCommand(['run', false, '--from', '09:00', undefined, '--defect', 'lost-ack=20%', 'my run.yaml'])).toBe(
      "npx collaudo run --from 09:00 --defect lost-ack=20% 'my run.yaml'",
    )
  })
})
