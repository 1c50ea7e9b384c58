import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { access, readFile, stat } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { homeFolder } from '../home/home.ts'
import { Failure } from '../model/failure.ts'
import { buildImage } from './build-image.ts'
import type { Engine } from './engine.ts'
import { isThere } from './image.ts'
import { nameOf } from './labels.ts'
import { removeContainer } from './remove-run.ts'
import { startContainer } from './start-container.ts'

export interface PrometheusOptions {
  readonly engine: Engine
  /** The run that it belongs to and goes with. */
  readonly run: string
  readonly network: string
  /** Where the files of its image are put together. */
  readonly folder: string
  /** Where it is reached on loopback. */
  readonly port: number
  /** What it is started with beside where its files and its address are. */
  readonly flags: readonly string[]
  readonly log: (line: string) => void
}

const portInside = 9090
const what = 'prometheus'
/** What it reads, as it lies below `dashboards/`. */
const read = ['prometheus.yaml', 'rules/collaudo.yaml']

/**
 * Starts this machine's Prometheus in a container; what it keeps goes with it. Throws a usage Failure when there is no such program,
 * or its port is taken.
 */
export const startPrometheus = async (options: PrometheusOptions): Promise<{ stop(): Promise<void> }> => {
  const { engine, run, port, flags } = options
  const image = await providedImage(options)
  await startContainer({
    ...options,
    image,
    what,
    command: [...flags, '--config.file=/app/prometheus.yaml', '--storage.tsdb.path=/data'],
    env: {},
    ports: [{ inside: portInside, onLoopback: port }],
    healthPath: '/-/ready',
    mounts: [],
  })
  return { stop: () => removeContainer(engine, nameOf(run, what)) }
}

const providedImage = async ({ engine, folder }: PrometheusOptions): Promise<string> => {
  const program = await found()
  const files = new Map(
    await Promise.all(read.map(async (name) => [name, await readFile(join(homeFolder, 'dashboards', name))] as const)),
  )
  const hash = createHash('sha256')
  const { size, mtimeMs } = await stat(program)
  hash.update(`${size} ${mtimeMs}`)
  for (const contents of files.values()) hash.update(contents)
  const image = `collaudo-prometheus:${hash.digest('hex').slice(0, 12)}`
  if (!(await isThere(engine, image)))
    await buildImage(engine, { image, kind: 'prometheus', folder, program, entrypoint: [what], files })
  return image
}

const isProgram = async (path: string): Promise<boolean> => {
  try {
    await access(path, constants.X_OK)
    return (await stat(path)).isFile()
  } catch {
    return false
  }
}

const found = async (): Promise<string> => {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const path = join(folder, what)
    if (folder !== '' && (await isProgram(path))) return path
  }
  throw new Failure(
    'usage',
    'expected a Prometheus on this machine to make the image of --observe from, got none',
    'install Prometheus 2.40 or newer (Debian: apt install prometheus)',
  )
}
