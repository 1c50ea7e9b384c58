import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { experiments } from '../chaos/experiments/registry.ts'
import { suites } from '../chaos/experiments/suites.ts'
import { program } from '../cli/program.ts'
import { exitCodes } from '../model/failure.ts'
import { historyFileIn } from '../results/history/history-file-in.ts'
import { renderReports } from '../results/render-reports.ts'
import { scenarios } from '../scenarios/registry.ts'
import { finishedRun } from './results/finished-run.ts'
import { root } from './source/files.ts'

const textOf = (file: string) => readFileSync(join(root, 'docs/ci', file), 'utf8')

/** Every string of a document with the keys that lead to it. */
const stringsOf = (value: unknown, path: readonly string[] = []): readonly { path: string; text: string }[] => {
  if (typeof value === 'string') return [{ path: path.join('.'), text: value }]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => stringsOf(inner, [...path, key]))
}

/** The words after `node bin/collaudo.mjs` of every line that starts it. */
const invocationsOf = (file: string): readonly (readonly string[])[] =>
  stringsOf(parse(textOf(file)))
    .flatMap(({ text }) => text.split('\n'))
    .flatMap((line) => /^node bin\/collaudo\.mjs (.*)$/.exec(line.trim())?.[1] ?? [])
    .map((words) => words.split(' '))

const commands = program(new AbortController().signal).commands
const named = (name: string | undefined): Command | undefined => commands.find((command) => command.name() === name)
const optionsOf = (command: Command | undefined) => command?.options.map(({ long }) => long) ?? []
const names = new Set([...scenarios, ...experiments, ...suites].map(({ name }) => name))

const runFolders = (file: string): readonly string[] =>
  invocationsOf(file).flatMap((words) => (words.includes('--out') ? (words[words.indexOf('--out') + 1] ?? []) : []))

/** What is kept, or read by the system itself. */
const keptPaths = (file: string): readonly string[] =>
  stringsOf(parse(textOf(file)))
    .filter(({ path }) => /(?:artifacts\.(?:paths|reports)\.|cache\.\d+\.paths\.|with\.path$)/.test(path))
    .flatMap(({ text }) => text.trim().split('\n'))
    .map((path) => path.replace(/\/$/, ''))

describe.each(['github-actions.yml', 'gitlab-ci.yml'])('docs/ci/%s', (file) => {
  it('starts commands of collaudo with options that they have, on what there is', () => {
    const invocations = invocationsOf(file)
    expect(invocations.map(([name]) => name)).toEqual(expect.arrayContaining(['run', 'chaos', 'restore', 'history']))
    for (const [name, ...words] of invocations) {
      const options = words.filter((word) => word.startsWith('--'))
      expect(optionsOf(named(name))).toEqual(expect.arrayContaining(options))
      const [subject] = words
      if (subject !== undefined && !subject.startsWith('--')) expect([...names]).toContain(subject)
    }
  })

  it('keeps files and folders that a run writes', async () => {
    const { dir } = await finishedRun()
    await renderReports(dir)
    const folders = runFolders(file)
    const paths = keptPaths(file).filter((path) => path !== '.tools')
    expect(paths).toEqual(expect.arrayContaining([...folders, historyFileIn('runs')]))
    for (const path of paths.filter((one) => one !== historyFileIn('runs') && !folders.includes(one))) {
      expect(folders).toContain(dirname(path))
      expect(readdirSync(dir)).toContain(basename(path))
    }
  })

  it('explains every exit code, and lets none but 0 pass', () => {
    const explained = [...textOf(file).matchAll(/^# {3}(\d+) /gm)].map(([, code]) => Number(code))
    expect(explained).toEqual(Object.values(exitCodes))
    expect(textOf(file)).not.toMatch(/continue-on-error|allow_failure|\|\|(?! failure\(\))/)
  })
})

describe('docs/ci/github-actions.yml', () => {
  it('pins every action to a major version of its maker', () => {
    const uses = stringsOf(parse(textOf('github-actions.yml'))).filter(({ path }) => path.endsWith('.uses'))
    expect(uses.length).toBeGreaterThan(4)
    for (const { text } of uses) expect(text).toMatch(/^actions\/[a-z/-]+@v\d+$/)
  })

  it('keeps what a failed run has written, and its history', () => {
    const steps: readonly { uses?: string; if?: string }[] = parse(textOf('github-actions.yml')).jobs.load.steps
    const keeping = steps.filter(({ uses }) => /upload-artifact|cache\/save/.test(uses ?? ''))
    expect(keeping.map((step) => step.if?.startsWith('always()'))).toEqual([true, true])
  })
})

describe('docs/ci/gitlab-ci.yml', () => {
  it('gives GitLab the reports under the names that it knows', () => {
    const { load } = parse(textOf('gitlab-ci.yml'))
    expect(load.artifacts.reports).toEqual({
      junit: 'runs/load/junit.xml',
      load_performance: 'runs/load/load-performance.json',
    })
  })

  it('keeps what a failed run has written, and its history', () => {
    const { load, chaos, '.collaudo': both } = parse(textOf('gitlab-ci.yml'))
    expect([load.artifacts.when, chaos.artifacts.when, both.cache[1].when]).toEqual(['always', 'always', 'always'])
  })

  it('measures again only what proved nothing', () => {
    expect(parse(textOf('gitlab-ci.yml'))['.collaudo'].retry).toEqual({ max: 1, exit_codes: [exitCodes.invalid] })
  })
})
