import { join } from 'node:path'
import { expect, test } from 'vitest'
import { mustBeOnlyOurs, projectFile, projectNames } from '../../runner/project-file.ts'
import { ownProject } from './own-project.ts'

/** With empty files. */
const project = (...files: readonly string[]): void => {
  ownProject('targets', Object.fromEntries(files.map((file) => [file, ''])))
}

test('a file of a project is found by its name with either ending of YAML, and listed by it', () => {
  project('b.yml', 'a.yaml', 'notes.md', 'a.b.yaml')
  expect(projectNames('targets')).toEqual(['a', 'a.b', 'b'])
  expect(['a', 'a.b', 'b', 'notes', 'c'].map((name) => projectFile('targets', name))).toEqual([
    join('targets', 'a.yaml'),
    join('targets', 'a.b.yaml'),
    join('targets', 'b.yml'),
    undefined,
    undefined,
  ])
})

test('a path is taken as it is, whether there is such a file or not', () => {
  project('a.yaml')
  expect(['elsewhere/a.yaml', 'a.yml'].map((path) => projectFile('targets', path))).toEqual([
    'elsewhere/a.yaml',
    'a.yml',
  ])
})

test('two files of a name are refused with both of them', () => {
  project('a.yaml', 'a.yml')
  expect(() => projectFile('targets', 'a')).toThrow(
    `expected one a in targets, got ${join('targets', 'a.yaml')} and ${join('targets', 'a.yml')}`,
  )
})

test('a file with a name of collaudo’s is refused with either ending', () => {
  project('embedded.yml')
  expect(() => mustBeOnlyOurs('targets', 'embedded')).toThrow(
    `expected one embedded in targets, got collaudo's and ${join('targets', 'embedded.yml')}`,
  )
})
