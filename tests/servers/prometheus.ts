import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, onTestFinished } from 'vitest'
import { freePort } from './free-port.ts'

const attempts = 100

/** A Prometheus of its own that reads the metrics of some servers each second, for the time of a test; resolves to its base. */
export const startPrometheus = (origins: readonly string[]): Promise<string> => {
  const targets = origins.map((origin) => new URL(origin).host)
  const jobs = [{ job_name: 'systems', static_configs: [{ targets }] }]
  return started({ global: { scrape_interval: '1s' }, scrape_configs: jobs }, [], onTestFinished).then(({ url }) => url)
}

/** One that takes remote writes, with native histograms unless `flags` says otherwise, for the time of a file’s tests. */
export const startReceiver = (flags: readonly string[] = ['--enable-feature=native-histograms']): Promise<string> =>
  started({}, ['--web.enable-remote-write-receiver', ...flags], afterAll).then(({ url }) => url)

/** The same for the time of a test, which may end it and start it again on what it has kept. */
export const startRestartable = (): Promise<Running> =>
  started({}, ['--web.enable-remote-write-receiver', '--enable-feature=native-histograms'], onTestFinished)

export interface Running {
  readonly url: string
  /** Resolves when it has ended in good order. */
  stop(): Promise<void>
  /** Resolves when it answers again. */
  again(): Promise<void>
}

const started = async (
  configuration: object,
  flags: readonly string[],
  whenOver: (end: () => Promise<void>) => void,
): Promise<Running> => {
  const dir = mkdtempSync(join(tmpdir(), 'collaudo-prometheus-'))
  const address = `127.0.0.1:${await freePort()}`
  const file = join(dir, 'prometheus.yml')
  // JSON is YAML.
  writeFileSync(file, JSON.stringify(configuration))
  const own = [`--config.file=${file}`, `--storage.tsdb.path=${join(dir, 'data')}`, `--web.listen-address=${address}`]
  const start = () => {
    const child = spawn('prometheus', [...own, ...flags], { stdio: 'ignore' })
    return { child, ended: new Promise((resolve) => child.once('close', resolve)) }
  }
  let running = start()
  const stop = async () => {
    running.child.kill('SIGTERM')
    await running.ended
  }
  whenOver(async () => {
    await stop()
    rmSync(dir, { recursive: true, force: true })
  })
  await ready(address)
  const again = () => {
    running = start()
    return ready(address)
  }
  return { url: `http://${address}`, stop, again }
}

const ready = async (address: string): Promise<void> => {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const answer = await fetch(`http://${address}/-/ready`).catch(() => undefined)
    if (answer?.ok) return
    await sleep(200)
  }
  throw new Error(`expected Prometheus at ${address}, got no answer`)
}
