import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { stringify } from 'yaml'
import { dashboardsFolder } from '../../dashboards/files.ts'
import { withoutVariables } from '../../dashboards/lint/parsed-query.ts'
import { dashboards } from '../../dashboards/registry.ts'
import type { DashboardSpec } from '../../dashboards/spec.ts'

const promtool = (...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync('promtool', args, { encoding: 'utf8' })
  return { status, said: `${stdout}${stderr}` }
}

const folder = (): string => {
  const dir = mkdtempSync(join(tmpdir(), 'collaudo-promtool-'))
  onTestFinished(() => rmSync(dir, { recursive: true }))
  return dir
}

const exprsOf = ({ rows }: DashboardSpec): readonly string[] =>
  rows.flatMap(({ panels }) =>
    panels.flatMap((panel) => (panel.kind === 'text' ? [] : panel.queries.map(({ expr }) => expr))),
  )

/** Each as a rule, which promtool reads and checks the types of. */
const checked = (exprs: readonly string[]) => {
  const rules = exprs.map((expr, index) => ({ record: `panel:q${index}`, expr: withoutVariables(expr) }))
  const file = join(folder(), 'queries.yaml')
  writeFileSync(file, stringify({ groups: [{ name: 'queries', rules }] }))
  return promtool('check', 'rules', file)
}

const rulesFile = join(dashboardsFolder, 'rules', 'collaudo.yaml')

describe('promtool', () => {
  test.each(dashboards.map((spec) => [spec.uid, spec] as const))('takes every query of %s', (_, spec) => {
    const exprs = exprsOf(spec)
    const { status, said } = checked(exprs)
    expect(said).toContain(`SUCCESS: ${exprs.length} rules found`)
    expect(status).toBe(0)
  })

  test('does not take what has no sense', () => {
    expect(checked(['rate(collaudo_steps_total)']).status).not.toBe(0)
  })

  test('takes the rules, and raises each alert when it has to and not before', () => {
    expect(promtool('check', 'rules', rulesFile).said).toContain('SUCCESS: 8 rules found')
    const { status, said } = promtool('test', 'rules', join(dashboardsFolder, 'rules', 'collaudo.test.yaml'))
    expect(said).toContain('SUCCESS')
    expect(status).toBe(0)
  })
})
