import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { connect } from '../../chaos-mesh/connect.ts'

const folder = mkdtempSync(join(tmpdir(), 'chaos-mesh-connect-'))

afterAll(() => rmSync(folder, { recursive: true }))

const written = (name: string, text: string): string => {
  const file = join(folder, name)
  writeFileSync(file, text)
  return file
}

const config = {
  'current-context': 'one',
  contexts: [{ name: 'one', context: { cluster: 'one', user: 'me' } }],
  clusters: [{ name: 'one', cluster: { server: 'https://192.0.2.1:6443' } }],
  users: [{ name: 'me', user: {} }],
}

describe('a kubeconfig', () => {
  it('is enough for a client, which sends nothing yet', () => {
    expect(() => connect({ file: written('good', JSON.stringify(config)), context: 'one' }).close()).not.toThrow()
  })

  it.each([
    {
      what: 'that is not there',
      text: undefined,
      context: undefined,
      said: /expected a kubeconfig in .*, got .*ENOENT/,
    },
    { what: 'that is none', text: 'clusters: [', context: undefined, said: /expected a kubeconfig in .*, got/ },
    { what: 'without clusters', text: '{}', context: undefined, said: /expected a (?:kubeconfig|cluster in the kube)/ },
    { what: 'without the context', text: JSON.stringify(config), context: 'two', said: /context of one, got two/ },
  ])('$what is told with what mends it', ({ what, text, context, said }) => {
    const file = text === undefined ? join(folder, 'none') : written(what, text)
    const connecting = () => connect({ file, ...(context !== undefined && { context }) })
    expect(connecting).toThrow(said)
    expect(connecting).toThrow(expect.objectContaining({ kind: 'no-configuration', hint: expect.any(String) }))
  })
})
