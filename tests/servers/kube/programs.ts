import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { lastLines, runChild } from '../../../bin/children.mjs'
import { withLock } from '../../../bin/setup-lock.mjs'
import { root } from '../../source/files.ts'

const modules = import.meta.dirname
const tools = join(root, '.tools')

/** What is made of Go modules once: a name for a place in `.tools`, and how it is made there. */
interface Made {
  readonly place: string
  readonly cwd: string
  readonly args: (unfinished: string) => readonly string[]
}

const versionIn = (folder: string, module: string): string => {
  const text = readFileSync(join(modules, folder, 'go.mod'), 'utf8')
  const version = new RegExp(`^(?:require|\\t|\\s)*${module.replaceAll('.', '\\.')} (v\\S+)`, 'm').exec(text)?.[1]
  if (version === undefined) throw new Error(`expected a version of ${module} in ${folder}/go.mod, got none`)
  return version
}

const program = (folder: string, module: string, path = module): Made => ({
  place: join(tools, `${folder}-${versionIn(folder, module)}`),
  cwd: join(modules, folder),
  args: (unfinished) => [
    'build',
    '-mod=readonly',
    '-buildvcs=false',
    '-trimpath',
    '-ldflags=-s -w',
    '-o',
    unfinished,
    path,
  ],
})

const apiserver = program('kube-apiserver', 'k8s.io/kubernetes', 'k8s.io/kubernetes/cmd/kube-apiserver')
const etcd = program('etcd', 'go.etcd.io/etcd/server/v3')

/** As Chaos Mesh makes its own, by the same version of the same tool. */
const definitions: Made = {
  place: join(tools, `chaos-mesh-definitions-${versionIn('definitions', 'github.com/chaos-mesh/chaos-mesh/api')}`),
  cwd: join(modules, 'definitions'),
  args: (unfinished) => [
    'tool',
    'controller-gen',
    'crd:ignoreUnexportedFields=true,crdVersions=v1',
    'paths=github.com/chaos-mesh/chaos-mesh/api/v1alpha1',
    `output:crd:artifacts:config=${unfinished}`,
  ],
}

/** Where they are; made by `provideKube`. */
export const kube = { apiserver: apiserver.place, etcd: etcd.place, definitions: definitions.place }

/** Makes what is missing, which needs Go; minutes the first time, nothing afterwards. */
export const provideKube = async (): Promise<void> => {
  for (const one of [etcd, definitions, apiserver]) {
    if (existsSync(one.place)) continue
    await withLock(`${one.place}.lock`, { say: console.error, work: () => make(one) })
  }
}

const make = async ({ place, cwd, args }: Made): Promise<void> => {
  if (existsSync(place)) return
  console.error(`building ${place.slice(tools.length + 1)} with Go (once, minutes)…`)
  const unfinished = `${place}.unfinished`
  mkdirSync(tools, { recursive: true })
  const env = { ...process.env, CGO_ENABLED: '0' }
  try {
    const { code, output } = await runChild('go', args(unfinished), { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
    if (code !== 0)
      throw new Error(`expected go ${args(unfinished)[0]} to succeed in ${cwd}, got ${code}\n${lastLines(output)}`)
    renameSync(unfinished, place)
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
  }
}
