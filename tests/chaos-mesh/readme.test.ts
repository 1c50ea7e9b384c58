import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { startCluster } from './fake-api/cluster.ts'

const folder = join(import.meta.dirname, '../../chaos-mesh/')
const [, example = ''] = /```ts\n([\s\S]*?)```/.exec(readFileSync(join(folder, 'README.md'), 'utf8')) ?? []

const run = (file: string, kubeconfig: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const env = { ...process.env, KUBECONFIG: kubeconfig }
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', file], { env })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk
      })
    }
    child.on('error', reject)
    child.on('close', () => resolve(output))
  })

test('the example of the README runs by itself: it injects and recovers', async () => {
  await using cluster = await startCluster()
  const { api, clock } = cluster
  api.plays.set('slow-shop', 'd-network-delete-midway')
  const temporary = mkdtempSync(join(tmpdir(), 'chaos-mesh-'))
  try {
    const file = join(temporary, 'example.ts')
    const kubeconfig = join(temporary, 'kubeconfig')
    writeFileSync(file, example.replaceAll("from './", `from '${pathToFileURL(folder).href}`))
    writeFileSync(kubeconfig, JSON.stringify(cluster.configOf('admin')))
    const output = await clock.during(run(file, kubeconfig))
    expect(output).toMatch(/^injected \{ earliestUnixMs: \d+, latestUnixMs: \d+ \}\nrecovered\n$/)
  } finally {
    rmSync(temporary, { recursive: true })
  }
})
