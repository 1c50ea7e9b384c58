import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { tellGithub } from '../../cli/tell-github.ts'

const said = { annotations: [{ kind: 'error', title: 'FAIL', message: 'slow' }], markdown: '# FAIL\n' } as const

/** What was told, and the file of the step with what was there before. */
const told = (env: NodeJS.ProcessEnv, markdown: string = said.markdown, before = '') => {
  const dir = mkdtempSync(join(tmpdir(), 'collaudo-github-'))
  onTestFinished(() => rmSync(dir, { recursive: true }))
  const file = join(dir, 'step.md')
  writeFileSync(file, before)
  const [annotations, phases]: [string[], string[]] = [[], []]
  const output = { annotate: (lines: string) => annotations.push(lines), phase: (text: string) => phases.push(text) }
  tellGithub({ GITHUB_STEP_SUMMARY: file, ...env }, output, { ...said, markdown })
  return { annotations, phases, summary: readFileSync(file, 'utf8'), sizeBytes: statSync(file).size }
}

describe('tellGithub', () => {
  test('annotates only inside a job, and appends to the summary of the step', () => {
    expect(told({}, '# FAIL\n', '# before\n')).toMatchObject({ annotations: [], summary: '# before\n# FAIL\n' })
    expect(told({ GITHUB_ACTIONS: 'true' }).annotations).toEqual(['::error title=FAIL::slow\n'])
  })

  test('keeps the step within 1 MiB, whatever other commands have written to it', () => {
    const [before, line] = ['x'.repeat(600_000), '| è | row |\n']
    const { sizeBytes, summary } = told({}, line.repeat(60_000), before)
    expect(sizeBytes).toBeLessThanOrEqual(1_048_576)
    expect(sizeBytes).toBeGreaterThan(1_048_500)
    expect(summary).toMatch(/Left out, since a step has room for 1 MiB: \d+ lines/)
    expect(told({}, '# FAIL\n', 'x'.repeat(1_048_576)).sizeBytes).toBe(1_048_576)
  })

  test('goes on where the summary cannot be written, and says so', () => {
    const { phases } = told({ GITHUB_STEP_SUMMARY: '/nowhere/step.md' })
    expect(phases).toEqual([expect.stringContaining('expected to write the summary of the job to /nowhere/step.md')])
  })

  test('writes nothing where there is no job', () => {
    expect(told({ GITHUB_STEP_SUMMARY: '' })).toMatchObject({ annotations: [], phases: [], summary: '' })
  })
})
