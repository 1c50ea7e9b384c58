import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { makeProject } from '../../cli/make-project.ts'
import { readExperiment } from '../../runner/read-experiment.ts'
import { readScenario } from '../../runner/read-scenario.ts'
import { readTarget } from '../../runner/read-target.ts'
import { stageExperiment } from '../../runner/stage-experiment.ts'

const folder = (): string => {
  const dir = mkdtempSync(join(tmpdir(), 'collaudo-init-'))
  onTestFinished(() => rmSync(dir, { recursive: true }))
  return dir
}

const inFolder = (dir: string): void => {
  const before = process.cwd()
  process.chdir(dir)
  onTestFinished(() => process.chdir(before))
}

test('every file of a new project is a whole one, and found by its name', async () => {
  const dir = join(folder(), 'load-tests')
  expect(makeProject(dir)).toEqual([
    '.gitignore',
    'README.md',
    'experiments/slow-bookings.yaml',
    'scenarios/first-minute.yaml',
    'targets/staging.yaml',
  ])
  inFolder(dir)
  const scenario = await readScenario('first-minute')
  expect(scenario.streams.map(({ name }) => name)).toEqual(['web', 'counter', 'partners'])
  const experiment = await readExperiment('slow-bookings')
  expect(stageExperiment(experiment, await readScenario(experiment.scenario)).scenario.streams).toHaveLength(3)
  expect(await readTarget('staging')).toMatchObject({ environment: 'staging' })
})

test('nothing is written where a file of it is there already, and each is named', () => {
  const dir = folder()
  writeFileSync(join(dir, 'README.md'), 'mine')
  expect(() => makeProject(dir)).toThrow(`expected no ${join(dir, 'README.md')}, got one`)
  expect(readFileSync(join(dir, 'README.md'), 'utf8')).toBe('mine')
  expect(existsSync(join(dir, 'scenarios'))).toBe(false)
})

test('nothing stays where it cannot be written to the end', () => {
  const dir = folder()
  writeFileSync(join(dir, 'targets'), 'mine')
  expect(() => makeProject(dir)).toThrow(/expected a folder that can be written at .*, got (?:EEXIST|ENOTDIR)/)
  expect(existsSync(join(dir, 'README.md'))).toBe(false)
  expect(readFileSync(join(dir, 'targets'), 'utf8')).toBe('mine')
})

test('a folder that cannot be written is named', () => {
  const file = join(folder(), 'file')
  writeFileSync(file, '')
  expect(() => makeProject(join(file, 'project'))).toThrow(
    /expected a folder that can be written at .*project, got ENOTDIR/,
  )
})
