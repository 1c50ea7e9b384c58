import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startPrometheus } from '../containers/prometheus.ts'
import { homeFolder } from '../home/home.ts'
import { Failure } from '../model/failure.ts'
import type { Containers } from './containers.ts'

/** A Prometheus of this machine that takes what runs push. */
export interface Observer {
  readonly url: string
  stop(): Promise<void>
}

const port = 9090
const url = `http://127.0.0.1:${port}`
const readyWithinMs = 20_000
const lookEveryMs = 100
const stopTimeoutMs = 5000

const mend =
  'install Prometheus 2.40 or newer (Debian: apt install prometheus), or: docker compose -f dashboards/compose.yaml up'

/** Starts one whose data lies in `dir`. Throws a usage Failure when there is no such program, its port is taken, or it does not come up. */
export const startObserver = async (dir: string): Promise<Observer> => {
  await mustBeFree()
  const child = spawn('prometheus', flagsOf(dir), { cwd: dir, stdio: 'ignore' })
  const ended = once(child, 'exit').then(
    () => 'ended at once',
    (error: NodeJS.ErrnoException) => error.code ?? error.message,
  )
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM')
    const timer = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs)
    await ended
    clearTimeout(timer)
  }
  const problem = await Promise.race([ended, isReady()])
  if (problem === undefined) return { url, stop }
  await stop()
  throw new Failure('usage', `expected a Prometheus on this machine for --observe, got ${problem}`, mend)
}

/** The same in a container among those of a run, which it goes with. */
export const startContainedObserver = async ({ place }: Containers, dir: string): Promise<Observer> => {
  await mustBeFree()
  const { engine, run, network, logOf } = place
  const folder = join(dir, 'prometheus-image')
  const { stop } = await startPrometheus({
    ...{ engine, run, network, folder, port, log: logOf('prometheus') },
    flags: takesPushes,
  })
  return { url, stop }
}

const mustBeFree = async (): Promise<void> => {
  if (!(await answers())) return
  const message = `expected port ${port} free for --observe, got somebody who answers`
  throw new Failure('usage', message, `leave --observe out, and push to it: --prometheus ${url}`)
}

const takesPushes = ['--web.enable-remote-write-receiver', '--enable-feature=native-histograms']

const flagsOf = (dir: string): readonly string[] => [
  `--config.file=${configFile}`,
  `--storage.tsdb.path=${join(dir, 'prometheus')}`,
  `--web.listen-address=127.0.0.1:${port}`,
  ...takesPushes,
]

const configFile = join(homeFolder, 'dashboards', 'prometheus.yaml')

/** Undefined when it answers; else what is wrong. */
const isReady = async (): Promise<string | undefined> => {
  const endMs = performance.now() + readyWithinMs
  while (performance.now() < endMs) {
    if (await answers()) return undefined
    await sleep(lookEveryMs)
  }
  return `no answer within ${readyWithinMs / 1000} s`
}

const answers = async (): Promise<boolean> => {
  const answer = await fetch(`${url}/-/ready`).catch(() => undefined)
  return answer?.ok === true
}
