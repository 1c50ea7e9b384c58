import type { Deployment } from '../cluster-objects.ts'
import { namespacesOf } from '../place.ts'
import type { Preflight } from '../preflight.ts'
import type { Finding } from './finding.ts'
import type { Hit } from './targets.ts'

/** Before it anybody in the cluster could kill processes in every pod (CVE-2025-59358). */
const oldest = [2, 7, 3] as const

const labels = { 'app.kubernetes.io/component': 'controller-manager' }

/** Before it the network of a pod that is started again in the middle of a fault may stay broken. */
const advised = [2, 8, 3] as const

/** The controller of Chaos Mesh, and what it is set to do. */
export interface Controller {
  readonly findings: readonly Finding[]
  readonly version: string
  /** What keeps nobody from anything, and should be known. */
  readonly warnings: readonly string[]
  readonly filtersNamespaces: boolean
}

/** Whether it runs, is new enough, and looks after the namespaces and pods that are to be hit. */
export const controllerFindings = async ({ cluster, target }: Preflight, hits: readonly Hit[]): Promise<Controller> => {
  const where = target.controllerNamespace
  const [deployment] = await cluster.deployments(where, labels)
  if (deployment === undefined) {
    const message = `expected the controller of Chaos Mesh in ${where}, got none`
    const hint = 'install Chaos Mesh, or name its namespace in chaosMesh.controllerNamespace'
    return { findings: [{ kind: 'missing', message, hint }], version: '', warnings: [], filtersNamespaces: false }
  }
  const version = versionOf(deployment)
  const setting = settingsOf(deployment)
  return {
    version: version ?? 'of an unknown version',
    warnings: warningsOf(version),
    filtersNamespaces: setting('ENABLE_FILTER_NAMESPACE') === 'true',
    findings: [
      ...versionFindings(version, deployment),
      ...runningFindings(deployment, where),
      ...scopeFindings(hits, setting),
      ...(setting('ALLOW_HOST_NETWORK_TESTING') === 'true' ? [] : hostNetworkFindings(hits)),
    ],
  }
}

const imageOf = ({ spec }: Deployment): string => spec.template.spec.containers[0]?.image ?? ''

const versionOf = (deployment: Deployment): string | undefined =>
  /:v?(\d+\.\d+\.\d+)(?:[-+@].*)?$/.exec(imageOf(deployment))?.[1]

const settingsOf =
  ({ spec }: Deployment) =>
  (name: string): string | undefined =>
    spec.template.spec.containers[0]?.env?.find((one) => one.name === name)?.value

const versionFindings = (version: string | undefined, deployment: Deployment): readonly Finding[] => {
  if (version !== undefined && !isOlder(version, oldest)) return []
  return [
    {
      kind: 'missing',
      message: `expected Chaos Mesh ${oldest.join('.')} or newer, got ${version ?? `the image ${imageOf(deployment)}`}`,
      hint: 'upgrade Chaos Mesh: before 2.7.3 anybody in the cluster could kill processes in every pod (CVE-2025-59358)',
    },
  ]
}

const warningsOf = (version: string | undefined): readonly string[] =>
  version !== undefined && isOlder(version, advised)
    ? [
        `upgrade Chaos Mesh to ${advised.join('.')}: with ${version} the network of a pod that is started again in the middle of a fault may stay broken`,
      ]
    : []

const isOlder = (version: string, than: readonly number[]): boolean => {
  const parts = version.split('.').map(Number)
  const index = than.findIndex((part, at) => part !== parts[at])
  return index !== -1 && (parts[index] ?? 0) < (than[index] ?? 0)
}

const runningFindings = ({ status }: Deployment, where: string): readonly Finding[] => {
  if ((status?.availableReplicas ?? 0) > 0) return []
  const message = `expected the controller of Chaos Mesh in ${where} to run, got 0 available replicas`
  return [{ kind: 'missing', message, hint: `kubectl -n ${where} get pods says why` }]
}

const scopeFindings = (hits: readonly Hit[], setting: (name: string) => string | undefined): readonly Finding[] => {
  const only = setting('TARGET_NAMESPACE')
  if (setting('CLUSTER_SCOPED') !== 'false' || only === undefined) return []
  const others = [...new Set(hits.flatMap(({ planned: { place } }) => namespacesOf(place)))].filter(
    (one) => one !== only,
  )
  return others.map((namespace) => ({
    kind: 'missing',
    message: `expected Chaos Mesh to look after ${namespace}, got one that looks after ${only} only`,
    hint: 'install it with clusterScoped, or for this namespace',
  }))
}

/** What is done to the network of such a pod is done to its node, and so is what is done to packets for it. */
const hostNetworkFindings = (hits: readonly Hit[]): readonly Finding[] =>
  hits
    .filter(({ planned: { manifest } }) => manifest.kind === 'NetworkChaos' || manifest.kind === 'DNSChaos')
    .flatMap(({ pods, peers = [] }) => [...pods, ...peers].filter(({ spec }) => spec.hostNetwork === true))
    .map(({ metadata: { name } }) => ({
      kind: 'forbidden',
      message: `expected pods with a network of their own, got ${name}, which has that of its node`,
      hint: 'choose other pods: a fault of its network would hit everything on the node',
    }))
