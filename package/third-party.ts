import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { homeFolder } from '../home/home.ts'

/** A package of others of which something is built into ours. */
export interface ThirdParty {
  readonly name: string
  readonly version: string
  /** SPDX; what its manifest says. */
  readonly licence: string
  /** The whole text, with the notices that go with it; empty where it brings none. */
  readonly text: string
}

/** `folders`: under node_modules, relative to the clone. Each package and version once. */
export const thirdPartiesOf = (folders: readonly string[]): readonly ThirdParty[] => {
  const found = new Map(folders.map(thirdParty).map((one) => [`${one.name}@${one.version}`, one]))
  return [...found.values()].toSorted((a, b) => a.name.localeCompare(b.name, 'en'))
}

const thirdParty = (folder: string): ThirdParty => {
  const dir = join(homeFolder, folder)
  const { name, version, license, licenses } = JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8'))
  const files = readdirSync(dir, { withFileTypes: true })
    .filter((one) => one.isFile() && /^(?:un)?licen[cs]e|^copying|^notice/i.test(one.name))
    .map((one) => one.name)
  return {
    name,
    version,
    licence: license?.type ?? license ?? licenses?.map(({ type }: { type: string }) => type).join(' OR ') ?? '',
    text: files.map((file) => readFileSync(join(dir, file), 'utf8').trim()).join('\n\n'),
  }
}

/** The licences of all of them, as they ask to be handed on. */
export const noticesOf = (thirdParties: readonly ThirdParty[]): string =>
  thirdParties
    .map(({ name, version, licence, text }) => `${name} ${version} (${licence})\n\n${text}\n`)
    .join(`\n${'-'.repeat(80)}\n\n`)
