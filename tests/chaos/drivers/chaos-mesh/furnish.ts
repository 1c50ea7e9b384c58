import type { ApiRequest, Connection } from '../../../../chaos-mesh/api/connection.ts'

/** What a cluster has. */
export interface Furniture {
  /** Tag of the image of Chaos Mesh's controller; absent: v2.8.3. */
  readonly version?: string
  readonly isInstalled?: boolean
  /** Settings of the controller. */
  readonly settings?: Readonly<Record<string, string>>
  /** How many of it run. */
  readonly controllers?: number
  readonly hasDaemon?: boolean
  readonly daemonRuntime?: string
  readonly hostNetwork?: boolean
  /** Disruptions that a budget allows for the pods with `app=web`; absent: there is no budget. */
  readonly disruptionsAllowed?: number
  /** What that budget is for in place of them; null: it does not say. */
  readonly budgetSelector?: object | null
}

interface Made {
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> }
  readonly status?: object
  readonly [field: string]: unknown
}

/** Furnishes a cluster: a node, seven pods in `shop` of which three have `app=web`, and Chaos Mesh. What is there already stays. */
export const furnish = async (connection: Connection, furniture: Furniture = {}): Promise<void> => {
  const { hasDaemon = true, hostNetwork = false, disruptionsAllowed } = furniture
  for (const name of ['shop', 'chaos-mesh']) {
    await make(connection, '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name } })
  }
  await make(connection, '/api/v1/nodes', {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'node-a' },
    status: { nodeInfo: { ...nodeInfo, containerRuntimeVersion: 'containerd://1.7.2' } },
  })
  for (const name of ['web-0', 'web-1', 'web-2']) await startPod(connection, { name, app: 'web', hostNetwork })
  for (const name of ['db-0', 'db-1', 'db-2', 'db-3']) await startPod(connection, { name, app: 'db' })
  if (hasDaemon) await startPod(connection, { name: 'daemon-a', app: 'chaos-daemon', namespace: 'chaos-mesh' })
  if (disruptionsAllowed !== undefined) await makeBudget(connection, { ...furniture, disruptionsAllowed })
  await install(connection, furniture)
}

interface StartedPod {
  readonly name: string
  /** Its component too. */
  readonly app: string
  readonly namespace?: string
  readonly hostNetwork?: boolean
  /** Waits for a node. */
  readonly isPending?: boolean
}

/** A pod that runs and is ready, unless it waits. */
export const startPod = (
  connection: Connection,
  { name, app, namespace = 'shop', hostNetwork = false, isPending = false }: StartedPod,
): Promise<void> =>
  make(connection, `/api/v1/namespaces/${namespace}/pods`, {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      labels: { app, 'app.kubernetes.io/component': app, 'statefulset.kubernetes.io/pod-name': name },
    },
    spec: { ...(!isPending && { nodeName: 'node-a' }), hostNetwork, containers: [{ name: 'app', image: 'app:1' }] },
    status: isPending
      ? { phase: 'Pending' }
      : {
          phase: 'Running',
          conditions: [{ type: 'Ready', status: 'True' }],
          containerStatuses: [containerOf(0)],
        },
  })

/** Its container is started again, and the pod stays what it is. */
export const restartContainer = (connection: Connection, name: string): Promise<void> =>
  done(connection, {
    method: 'PATCH',
    path: `/api/v1/namespaces/shop/pods/${name}/status`,
    body: { status: { containerStatuses: [containerOf(1)] } },
  })

const containerOf = (restartCount: number): object => ({
  name: 'app',
  image: 'app:1',
  imageID: 'app',
  ready: true,
  restartCount,
  containerID: `containerd://${restartCount}`,
})

/** Ends a pod at once. */
export const endPod = (connection: Connection, name: string): Promise<void> => {
  const body = { apiVersion: 'v1', kind: 'DeleteOptions', gracePeriodSeconds: 0 }
  return done(connection, { method: 'DELETE', path: `/api/v1/namespaces/shop/pods/${name}`, body })
}

/** What is there already is left. */
const done = async (connection: Connection, request: ApiRequest): Promise<void> => {
  const { status, body } = await connection.send(request)
  if (status < 300 || status === 409) return
  throw new Error(`expected ${request.method} ${request.path} to succeed, got ${status}: ${JSON.stringify(body)}`)
}

/** Makes an object, and says how it is. */
const make = async (connection: Connection, path: string, { status, ...body }: Made): Promise<void> => {
  await done(connection, { method: 'POST', path, body })
  if (status === undefined) return
  await done(connection, { method: 'PATCH', path: `${path}/${body.metadata.name}/status`, body: { status } })
}

/** What a node has to say of itself. */
const nodeInfo = Object.fromEntries(
  [
    ...['machineID', 'systemUUID', 'bootID', 'kernelVersion', 'osImage'],
    ...['kubeletVersion', 'kubeProxyVersion', 'operatingSystem', 'architecture'],
  ].map((key) => [key, '1']),
)

const makeBudget = (
  connection: Connection,
  { disruptionsAllowed, budgetSelector = { matchLabels: { app: 'web' } } }: Furniture,
): Promise<void> =>
  make(connection, '/apis/policy/v1/namespaces/shop/poddisruptionbudgets', {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: 'web' },
    spec: { minAvailable: 2, ...(budgetSelector && { selector: budgetSelector }) },
    status: { disruptionsAllowed, currentHealthy: 3, desiredHealthy: 2, expectedPods: 3 },
  })

const install = async (connection: Connection, furniture: Furniture): Promise<void> => {
  const {
    version = 'v2.8.3',
    isInstalled = true,
    settings = {},
    controllers = 1,
    daemonRuntime = 'containerd',
  } = furniture
  const path = '/apis/apps/v1/namespaces/chaos-mesh'
  if (isInstalled) {
    const env = Object.entries(settings).map(([name, value]) => ({ name, value }))
    const container = { name: 'chaos-mesh', image: `registry.example/chaos-mesh:${version}`, env }
    const status = { availableReplicas: controllers, replicas: 1, readyReplicas: controllers }
    await make(connection, `${path}/deployments`, {
      ...workload('Deployment', 'controller-manager', container),
      status,
    })
  }
  const command = ['/usr/local/bin/chaos-daemon', '--runtime', daemonRuntime]
  const daemon = { name: 'daemon', image: 'daemon:1', command }
  await make(connection, `${path}/daemonsets`, workload('DaemonSet', 'chaos-daemon', daemon))
}

const workload = (kind: string, component: string, container: object): Made => {
  const labels = { 'app.kubernetes.io/component': component }
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name: component, labels },
    spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [container] } } },
  }
}
