import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root, sourceFiles } from './source/files.ts'

const files = sourceFiles()
const texts = files
  .filter(
    (file) => /\.(?:ts|mjs|json|ya?ml|md|sh|grit|mod)$|^\.ci\/|ignore$/.test(file) && file !== 'package-lock.json',
  )
  .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }))

/** Paths of one machine, and hosts of package registries. The escapes keep this file from naming them. */
const machinePath = /(?<![\w.-])\/(?:root|home|work|Users)\//
const temporaryPath = /['"`]\/tmp\b/
const registryHost = /registry\.npmjs|proxy\.golang|sum\.golang|deb\.debian|pypi\.org|crates\.io/

function filesWith(pattern: RegExp): readonly string[] {
  return texts.filter(({ text }) => pattern.test(text)).map(({ file }) => file)
}

describe('names of files and folders', () => {
  const names = files.flatMap((file) => file.split('/'))

  it('are kebab-case', () => {
    const source = files.filter((file) => /\.(?:ts|mjs)$/.test(file)).flatMap((file) => file.split('/'))
    expect(source.filter((name) => !/^\.?[a-z0-9]+(?:[-.][a-z0-9]+)*$/.test(name))).toEqual([])
  })

  it('say what is inside', () => {
    expect(names.filter((name) => /^(?:utils?|helpers?|managers?|common|misc)(?:\.|$)/.test(name))).toEqual([])
  })
})

describe('texts', () => {
  it('hold no path of one machine', () => {
    expect(filesWith(machinePath)).toEqual([])
  })

  it('ask the system for its temporary folder', () => {
    expect(filesWith(temporaryPath)).toEqual([])
  })

  it('hold no host of a package registry', () => {
    expect(filesWith(registryHost)).toEqual([])
  })
})
