import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { isEmbedded, readTarget } from '../../runner/read-target.ts'

const fileWith = (text: string): string => {
  const dir = mkdtempSync(join(tmpdir(), 'collaudo-target-'))
  onTestFinished(() => rmSync(dir, { recursive: true }))
  const file = join(dir, 'target.yaml')
  writeFileSync(file, text)
  return file
}

test('the embedded target is read by its name', async () => {
  const target = await readTarget('embedded')
  expect([isEmbedded(target), target.fiscalCodes]).toEqual([true, 'marked'])
})

test('the example of a target is a whole one and gets its defaults', async () => {
  const target = await readTarget('staging.example')
  expect(target).toMatchObject({ environment: 'staging', adapter: 'fhir-r4', auth: { kind: 'client-credentials' } })
})

test('the example of a cluster is a whole one and gets its defaults', async () => {
  const target = await readTarget('kubernetes.example')
  expect(target).toMatchObject({ chaosMesh: { controllerNamespace: 'chaos-mesh', maxPodsRatio: 0.5 } })
})

test('every wrong key is named at once with its path', async () => {
  const file = fileWith(
    `schemaVersion: 1\nname: x\nenvironment: moon\nallowedHosts: []\ncolour: red\nsystems:\n  recup: { baseUrl: nowhere, port: 1 }\n`,
  )
  const { kind, message, hint } = await readTarget(file).catch((error) => error)
  expect([kind, hint]).toEqual(['usage', `edit ${file}`])
  const lines: readonly string[] = message.split('\n')
  for (const named of ['environment:', 'allowedHosts:', 'systems.recup.baseUrl:', 'systems.recup:', 'the file:']) {
    expect(lines.filter((line) => line.startsWith(`${file}: ${named}`))).toHaveLength(1)
  }
  expect(message).toMatch(/port[\s\S]*colour|colour[\s\S]*port/)
})

test('every wrong key of a cluster is named at once with its path', async () => {
  const file = fileWith(
    [
      'schemaVersion: 1\nname: x\nenvironment: staging\nallowedHosts: [a.example]\nsystems: {}',
      'chaosMesh:\n  namespace: Shop\n  maxPodsRatio: 2\n  colour: red\n  components:',
      '    recup: { labelSelectors: {} }\n    recup->reports: { labelSelectors: { app: web } }',
      '    recup.store: { labelSelectors: { app: db }, volumePath: data, port: 1 }\n',
    ].join('\n'),
  )
  const { message } = await readTarget(file).catch((error) => error)
  for (const said of [
    'chaosMesh.namespace: expected a namespace such as shop',
    'chaosMesh.maxPodsRatio: ',
    'chaosMesh.components.recup.labelSelectors: expected at least one label, got none',
    'chaosMesh.components.recup→reports: expected a component with pods such as recup, recup.store or queue',
    'chaosMesh.components.recup.store.volumePath: expected an absolute path',
  ]) {
    expect(message).toContain(said)
  }
  expect(message).toMatch(/colour/)
  expect(message).toMatch(/port/)
})

test('a secret in place of its variable is refused without repeating it', async () => {
  const file = fileWith(
    `schemaVersion: 1\nname: x\nenvironment: staging\nallowedHosts: [a.example]\nsystems: { recup: { baseUrl: 'https://a.example' } }\nauth: { kind: bearer, tokenEnv: 'eyJ-the-token-itself' }\n`,
  )
  const { message } = await readTarget(file).catch((error) => error)
  expect(message).toContain('auth.tokenEnv: the NAME of an environment variable, never the secret itself')
  expect(message).not.toContain('eyJ')
})

test.each([
  ['no YAML', 'a: [1', /expected a target in YAML in .*line 1/],
  ['a list', '- a', /the file: /],
  ['nothing', '', /the file: /],
])('%s is told as a usage failure', async (_, text, message) => {
  await expect(readTarget(fileWith(text))).rejects.toMatchObject({
    kind: 'usage',
    message: expect.stringMatching(message),
  })
})

test('a target that does not exist is told with those that there are', async () => {
  await expect(readTarget('nope')).rejects.toMatchObject({
    kind: 'usage',
    message: expect.stringMatching(/^expected a target of .*embedded.*, or the path of a YAML file, got nope$/),
  })
  await expect(readTarget('nope.yaml')).rejects.toThrow('expected a target in YAML in nope.yaml, got no such file')
})
