import { unusedPort } from '../clients/unused-port.ts'
import type { Engine } from '../containers/engine.ts'
import { nameOf } from '../containers/labels.ts'
import { removeContainer } from '../containers/remove-run.ts'
import { type Mount, startContainer } from '../containers/start-container.ts'
import { health, type Launch, type ProcessOptions, type TwinProcess } from './start-process.ts'

/** Where the containers of a twin are made. */
export interface ContainerPlace {
  readonly engine: Engine
  readonly image: string
  readonly run: string
  readonly network: string
  /** The volume of each system that keeps something. */
  readonly volumeOf: (system: string) => Promise<string>
  /** How it is mounted. */
  readonly modeOf: (system: string) => Mount['mode']
  readonly memoryBytesOf: (system: string) => number
  /** Keeps what a container says. */
  readonly logOf: (what: string) => (line: string) => void
}

/** Where every container has its volume. */
export const dataInside = '/data'

/** Where every process listens inside its container. */
const portInside = 8080

/** Starts a process of the twin as a container. One that was in its place before and died is removed. */
export const containerLaunch =
  (place: ContainerPlace): Launch =>
  async (options) => {
    const { engine, run } = place
    const what = options.name.replace(/^the balancer of (.*)/, '$1-balancer')
    await removeContainer(engine, nameOf(run, what))
    const keep = place.logOf(what)
    const onLoopback = options.port === 0 ? await unusedPort() : options.port
    const { id, host } = await startContainer({
      ...place,
      memoryBytes: place.memoryBytesOf(systemOf(options)),
      what,
      command: [...commandOf(options), '--host', '0.0.0.0', '--port', String(portInside)],
      env: envOf(options),
      ports: [{ inside: portInside, onLoopback }],
      mounts: await mountsOf(place, options),
      log: (line) => {
        keep(line)
        options.log(line)
      },
    })
    const origin = `http://127.0.0.1:${onLoopback}`
    const container = engine.container.getById(id)
    const exited = container.wait().then(
      ({ StatusCode }: { readonly StatusCode: number }) => `exit code ${StatusCode}`,
      () => 'its removal',
    )
    const process: TwinProcess = {
      origin,
      peerOrigin: `http://${host}:${portInside}`,
      pid: 0,
      container: id,
      versions: await health(origin),
      exited,
      tell: () => Promise.reject(new Error(`expected a process of this machine, got the container ${what}`)),
      async stop() {
        await removeContainer(engine, id)
        await exited
      },
    }
    return process
  }

const programs = { 'main.ts': '/app/system.mjs', 'balancer/main.ts': '/app/balancer.mjs' } as const

const nodeOptions = ['--max-old-space-size=128', '--max-semi-space-size=2']

const commandOf = ({ program, args }: ProcessOptions): readonly string[] => [...nodeOptions, programs[program], ...args]

const systemOf = ({ name }: Pick<ProcessOptions, 'name'>): string => name.split('#')[0] ?? name

const caInside = '/ca.pem'

const envOf = ({ env }: ProcessOptions): Readonly<Record<string, string>> =>
  env['NODE_EXTRA_CA_CERTS'] === undefined ? env : { ...env, NODE_EXTRA_CA_CERTS: caInside }

const mountsOf = async (
  { volumeOf, modeOf }: ContainerPlace,
  { name, program, env }: ProcessOptions,
): Promise<readonly Mount[]> => {
  const system = systemOf({ name })
  const ca = env['NODE_EXTRA_CA_CERTS']
  const keeps = program === 'main.ts' && system !== 'identity'
  return [
    ...(keeps ? [{ source: await volumeOf(system), target: dataInside, mode: modeOf(system) }] : []),
    ...(ca === undefined ? [] : [{ source: ca, target: caInside, mode: 'ro' as const }]),
  ]
}
