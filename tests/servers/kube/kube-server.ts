import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { KubeConfig } from '@kubernetes/client-node'
import { KubeConnection } from '../../../chaos-mesh/api/kube-connection.ts'
import { systemClock } from '../../../chaos-mesh/clock.ts'
import { freePort } from '../free-port.ts'
import { type Identities, makeIdentities, type Who } from './certificates.ts'
import { kube } from './programs.ts'

/** A real kube-apiserver on loopback, with an etcd of its own. Nobody else is there: no controller, no scheduler, no node. */
export interface KubeServer {
  readonly port: number
  /** A kubeconfig of somebody, as an object that is JSON and so YAML; `port`: of a way to it. */
  configOf(who: Who, port?: number): object
  /** Whoever has all rights. */
  readonly admin: KubeConnection
  /** Kills the API server; its objects live on. */
  stop(): Promise<void>
  /** Resolves when it is ready. */
  start(): Promise<void>
  close(): Promise<void>
}

const readyWithinMs = 60_000

/** Starts both and waits until the API server is ready: some seconds. */
export const startKubeServer = async (): Promise<KubeServer> => {
  const folder = mkdtempSync(join(tmpdir(), 'collaudo-kube-'))
  const [port, storePort, peerPort] = [await freePort(), await freePort(), await freePort()]
  const identities = makeIdentities(Date.now())
  const files = write(folder, identities)
  const configOf = (who: Who, way = port) => configFor(identities, who, way)
  const store = start(kube.etcd, etcdFlags(folder, storePort, peerPort), join(folder, 'etcd.log'))
  let server: ChildProcess | undefined
  const admin = new KubeConnection(loaded(configOf('admin')), systemClock)
  const log = join(folder, 'kube-apiserver.log')
  const self: KubeServer = {
    port,
    configOf,
    admin,
    async start() {
      server = start(kube.apiserver, apiserverFlags(files, port, storePort), log)
      await ready(admin, server, log)
    },
    async stop() {
      await ended(server)
    },
    async close() {
      admin.close()
      await ended(server)
      await ended(store)
      rmSync(folder, { recursive: true, force: true })
    },
  }
  await self.start()
  return self
}

/** As client-node reads it. */
export const loaded = (config: object): KubeConfig => {
  const kubeConfig = new KubeConfig()
  kubeConfig.loadFromString(JSON.stringify(config))
  return kubeConfig
}

const start = (program: string, flags: readonly string[], logFile: string): ChildProcess => {
  const child = spawn(program, flags, { stdio: ['ignore', 'ignore', 'pipe'] })
  child.stderr.pipe(createWriteStream(logFile, { flags: 'a' }))
  return child
}

const ended = async (child: ChildProcess | undefined): Promise<void> => {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
  const exit = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await exit
}

const ready = async (admin: KubeConnection, server: ChildProcess, log: string): Promise<void> => {
  const untilMs = performance.now() + readyWithinMs
  while (performance.now() < untilMs && server.exitCode === null) {
    const answer = await admin.send({ method: 'GET', path: '/readyz' }).catch(() => undefined)
    if (answer?.status === 200) return
    await sleep(100)
  }
  const said = readFileSync(log, 'utf8').trimEnd().split('\n').slice(-5).join('\n')
  throw new Error(`expected a kube-apiserver that is ready within ${readyWithinMs / 1000} s, got\n${said}`)
}

interface Files {
  readonly folder: string
  readonly ca: string
  readonly cert: string
  readonly key: string
}

const write = (folder: string, { ca, server }: Identities): Files => {
  const files = {
    folder,
    ca: join(folder, 'ca.pem'),
    cert: join(folder, 'server.pem'),
    key: join(folder, 'server.key'),
  }
  writeFileSync(files.ca, ca)
  writeFileSync(files.cert, server.cert)
  writeFileSync(files.key, server.key)
  return files
}

const etcdFlags = (folder: string, port: number, peerPort: number): readonly string[] => {
  const [client, peer] = [`http://127.0.0.1:${port}`, `http://127.0.0.1:${peerPort}`]
  return [
    `--data-dir=${join(folder, 'etcd')}`,
    `--listen-client-urls=${client}`,
    `--advertise-client-urls=${client}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=default=${peer}`,
    '--unsafe-no-fsync',
    '--log-level=warn',
  ]
}

const apiserverFlags = ({ folder, ca, cert, key }: Files, port: number, storePort: number): readonly string[] => [
  `--etcd-servers=http://127.0.0.1:${storePort}`,
  `--secure-port=${port}`,
  '--bind-address=127.0.0.1',
  '--advertise-address=127.0.0.1',
  `--cert-dir=${folder}`,
  `--tls-cert-file=${cert}`,
  `--tls-private-key-file=${key}`,
  `--client-ca-file=${ca}`,
  '--authorization-mode=RBAC',
  '--service-account-issuer=https://kubernetes.default.svc',
  `--service-account-signing-key-file=${key}`,
  `--service-account-key-file=${key}`,
  '--service-cluster-ip-range=10.0.0.0/24',
  '--disable-admission-plugins=ServiceAccount',
  '--endpoint-reconciler-type=none',
  '--profiling=false',
]

const base64 = (text: string): string => Buffer.from(text).toString('base64')

const configFor = (identities: Identities, who: Who, port: number): object => ({
  apiVersion: 'v1',
  kind: 'Config',
  'current-context': 'test',
  contexts: [{ name: 'test', context: { cluster: 'test', user: who } }],
  clusters: [
    {
      name: 'test',
      cluster: {
        server: `https://127.0.0.1:${port}`,
        'certificate-authority-data': base64(identities.ca),
      },
    },
  ],
  users: [
    {
      name: who,
      user: {
        'client-certificate-data': base64(identities[who].cert),
        'client-key-data': base64(identities[who].key),
      },
    },
  ],
})
