import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Annotation, githubAnnotations } from '../../../results/reports/github-annotations.ts'

/** As the runner reads a line: actions/runner, ActionCommand.cs: TryParseV2. */
const readByRunner = (line: string): Annotation => {
  const end = line.indexOf('::', 2)
  const info = line.slice(2, end)
  const space = info.indexOf(' ')
  const properties = info
    .slice(space + 1)
    .split(',')
    .map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)])
  const dataOf = (text: string) => text.replaceAll('%0D', '\r').replaceAll('%0A', '\n')
  const propertyOf = (text: string) => dataOf(text).replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('%25', '%')
  return {
    kind: info.slice(0, space) === 'error' ? 'error' : 'warning',
    title: propertyOf(Object.fromEntries(properties).title),
    message: dataOf(line.slice(end + 2)).replaceAll('%25', '%'),
  }
}

const linesOf = (annotations: readonly Annotation[]) => githubAnnotations(annotations).split('\n').slice(0, -1)

const nasty = fc
  .array(fc.constantFrom('%', '%0A', '%25', '%3A', '\r', '\n', ':', ',', '=', 'è', ' '), { minLength: 1 })
  .map((parts) => parts.join(''))

describe('githubAnnotations', () => {
  it('gives back to the runner every title and message as it was', () => {
    fc.assert(
      fc.property(fc.constantFrom('error' as const, 'warning' as const), nasty, nasty, (kind, title, message) => {
        const lines = linesOf([{ kind, title, message }])
        expect(lines).toHaveLength(1)
        expect(lines[0]).toMatch(/^::(error|warning) title=[^,]*::/)
        expect(readByRunner(lines[0] ?? '')).toEqual({ kind, title, message })
      }),
    )
  })

  it('shows at most ten errors and ten warnings, the last of them says how many are left', () => {
    fc.assert(
      fc.property(fc.nat(30), fc.nat(30), (errors, warnings) => {
        const of = (kind: Annotation['kind'], count: number) =>
          Array.from({ length: count }, (_, index) => ({ kind, title: `${kind} ${index}`, message: 'm' }))
        const lines = linesOf([...of('warning', warnings), ...of('error', errors)])
        const shown = (kind: string) => lines.filter((line) => line.startsWith(`::${kind} `))
        expect(shown('error')).toHaveLength(Math.min(10, errors))
        expect(shown('warning')).toHaveLength(Math.min(10, warnings))
        if (errors > 10) expect(shown('error').at(-1)).toContain(`::${errors - 9} more of these`)
      }),
    )
  })

  it('says nothing without any', () => {
    expect(githubAnnotations([])).toBe('')
  })
})
