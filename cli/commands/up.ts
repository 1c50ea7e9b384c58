import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { standing } from '../../model/component.ts'
import { Failure } from '../../model/failure.ts'
import type { Surroundings } from '../../runner/surroundings.ts'
import type { Twin } from '../../twin/twin.ts'
import { Output, type OutputOptions } from '../output.ts'
import { parseDefects } from '../parse-options.ts'
import { parseReplicas } from '../parse-replicas.ts'
import { runIdOf, runsDir } from '../run-id.ts'

interface UpOptions extends OutputOptions {
  readonly target: string
  readonly defect: readonly string[]
  readonly port: string
  readonly replicas: readonly string[]
  readonly observe?: boolean
}

const clientIdEnv = 'COLLAUDO_TWIN_CLIENT_ID'
const clientSecretEnv = 'COLLAUDO_TWIN_CLIENT_SECRET'

/** `collaudo up`: starts the twin and keeps it up until it is interrupted. */
export const upCommand = (signal: AbortSignal): Command =>
  new Command('up')
    .description('Starts the twin and prints its addresses; Ctrl-C stops it and drops its data.')
    .option('--target <target>', 'embedded, or containers', 'embedded')
    .option('--defect <name=share>', 'switch a defect of the twin on', listed, [])
    .option('--replicas <system=n>', 'processes of a FHIR system, on one database behind a balancer', listed, [])
    .option('--port <n>', 'port of recup; the other systems take the next ones, what gives tokens the last', '8080')
    .option(
      '--observe',
      'a Prometheus of this machine beside it, in a container where the twin is in some, for --prometheus; it is dropped with the twin',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  collaudo up\n  collaudo up --port 9000 --defect lost-ack=1% --replicas recup=2',
    )
    .action(async (options: UpOptions) => {
      const { isEmbedded, readTarget } = await import('../../runner/read-target.ts')
      const target = await readTarget(options.target)
      if (!isEmbedded(target)) {
        throw new Failure(
          'usage',
          `--target: expected embedded or containers, got ${options.target}`,
          'only the twin can be started by collaudo',
        )
      }
      const { startTwin } = await import('../../twin/start-twin.ts')
      const { inSurroundings } = await import('../../runner/surroundings.ts')
      const port = portOf(options.port)
      const twinOptions = {
        defects: parseDefects(options.defect),
        replicas: parseReplicas(options.replicas),
        credentials: credentialsOf(process.env),
        ports: Object.fromEntries(standing.map((name, index) => [name, port + index])),
      }
      const output = new Output(options)
      const dataDir = await mkdtemp(join(tmpdir(), 'collaudo-twin-'))
      const where = { scenario: { name: 'up' }, target, id: runIdOf(new Date()), dir: dataDir, runsDir, seed: 0 }
      try {
        await inSurroundings({ ...where, events: { phase: (text) => output.live(text) } }, dataDir, async (around) => {
          const { dataDir: data, launch } = around.opening
          const observer = options.observe ? await observed(around, dataDir) : undefined
          try {
            const twin = await startTwin({
              ...twinOptions,
              workers: target.workers,
              dataDir: data,
              ...(launch && { launch }),
            })
            try {
              await announce(twin, { ...twinOptions.credentials, prometheus: observer?.url }, output)
              await stopped(signal)
            } finally {
              await twin.stop()
            }
          } finally {
            await observer?.stop()
          }
        })
      } finally {
        await rm(dataDir, { recursive: true, force: true })
      }
    })

const observed = async ({ containers }: Surroundings, dataDir: string) => {
  const { startContainedObserver, startObserver } = await import('../../runner/observe.ts')
  return containers ? startContainedObserver(containers, dataDir) : startObserver(dataDir)
}

const listed = (value: string, before: readonly string[]): readonly string[] => [...before, value]

/** Of the first system: each of the others, and what gives tokens, needs one more. */
const highestPort = 65_536 - standing.length

const portOf = (text: string): number => {
  const port = Number(text)
  if (Number.isInteger(port) && port > 0 && port <= highestPort) return port
  throw new Failure('usage', `--port: expected a port from 1 to ${highestPort}, got ${text}`, 'for example --port 9000')
}

const credentialsOf = (env: NodeJS.ProcessEnv) => ({
  clientId: env[clientIdEnv] ?? 'collaudo',
  clientSecret: env[clientSecretEnv] ?? randomBytes(16).toString('hex'),
})

/** Writes a target file and, apart from it and for this user only, the secret; prints where they are and no secret. */
const announce = async (
  twin: Twin,
  { clientId, clientSecret, prometheus }: { clientId: string; clientSecret: string; prometheus: string | undefined },
  output: Output,
) => {
  await mkdir(runsDir, { recursive: true })
  const targetFile = join(runsDir, 'twin.yaml')
  const secretsFile = join(runsDir, 'twin.env')
  const systems = Object.fromEntries(twin.systems.map((name) => [name, { baseUrl: twin.at(name).baseUrl }]))
  const { stringify } = await import('yaml')
  await writeFile(
    targetFile,
    stringify({
      schemaVersion: 1,
      name: 'twin',
      environment: 'development',
      allowedHosts: ['127.0.0.1'],
      systems,
      auth: { kind: 'client-credentials', tokenUrl: twin.tokenUrl, clientIdEnv, clientSecretEnv },
      tokenLeewayMs: 0,
    }),
  )
  await writeFile(secretsFile, `${clientIdEnv}=${clientId}\n${clientSecretEnv}=${clientSecret}\n`, { mode: 0o600 })
  const text = [
    ...twin.systems.map((name) => `${name.padEnd(14)} ${twin.at(name).baseUrl}`),
    `token          ${twin.tokenUrl}`,
    ...(prometheus ? [`prometheus     ${prometheus}`] : []),
    `use it         set -a; . ${secretsFile}; collaudo run recup-day --day monday --from 09:00 --to 09:01 --target ${targetFile}${prometheus ? ` --prometheus ${prometheus}` : ''}`,
    'Ctrl-C stops it',
  ]
  output.result(text.join('\n'), { systems, tokenUrl: twin.tokenUrl, prometheus, targetFile, secretsFile })
}

const stopped = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const keepAlive = setInterval(() => {}, 60_000)
    signal.addEventListener('abort', () => {
      clearInterval(keepAlive)
      resolve()
    })
  })
