import { Document } from 'yaml'
import type { Plan } from '../../model/plan.ts'
import type { Split } from '../../model/split.ts'
import { k6Settings } from '../k6-process.ts'
import type { PartEnvironment } from './part-script.ts'

export interface KubernetesOptions {
  /** With collaudo, k6 and a shell. */
  readonly image: string
  readonly namespace: string
  /** Of Kubernetes: its keys are the names of the variables. */
  readonly secret: string
}

interface Wanted extends KubernetesOptions, PartEnvironment {
  readonly plan: Pick<Plan, 'streams'>
}

/** Where the operator mounts a script's volume. */
const mounted = '/test'
/** Raw samples of a day of the whole region and its plan. Assumption. */
const volumeSize = '20Gi'
/** What k6 and collaudo take beside their actors. Assumption. */
const keptBytes = 300_000_000
/** Nodes kept for load carry this taint; the toleration does no harm where there are none. */
const tolerations = [{ key: 'collaudo', operator: 'Equal', value: 'load', effect: 'NoSchedule' }]

/**
 * What makes the load on Kubernetes: a volume with a pod to copy the folder into, a TestRun of the k6-operator, and a Job that waits
 * for the parts and merges them; its exit code is the verdict. The status of the TestRun says nothing of it.
 */
export const kubernetesManifests = (split: Split, wanted: Wanted): string => {
  const name = `collaudo-${split.id}`
  const { namespace } = wanted
  const metadata = (own: string) => ({
    name: own,
    namespace,
    labels: { 'app.kubernetes.io/name': 'collaudo', run: split.id },
  })
  const documents = [
    commented(
      claimOf(metadata(name)),
      ` Make the first two, and copy the folder: kubectl apply -f kubernetes.yaml -l step=copy && kubectl -n ${namespace} cp . ${name}-copy:${mounted}`,
    ),
    commented(
      copyingPod(metadata(`${name}-copy`), { name, ...wanted }),
      ' Delete it when the folder is there, where the volume can be on one node only.',
    ),
    commented(
      testRun(metadata(name), split, { name, ...wanted }),
      ` Then, before ${new Date(split.zeroUnixMs).toISOString()}: kubectl apply -f kubernetes.yaml -l step=load`,
    ),
    commented(
      mergeJob(metadata(`${name}-merge`), { name, ...wanted }),
      ' Waits for the parts; then its exit code is the verdict, and the report lies in /test/run.',
    ),
  ]
  return documents.join('---\n')
}

const commented = (object: object, comment: string): string => {
  const document = new Document(object)
  document.commentBefore = comment
  return document.toString({ lineWidth: 0 })
}

interface Metadata {
  readonly name: string
  readonly namespace: string
  readonly labels: Readonly<Record<string, string>>
}

interface Named extends Wanted {
  /** Of the claim. */
  readonly name: string
}

const inStep = ({ labels, ...metadata }: Metadata, step: 'copy' | 'load') => ({
  ...metadata,
  labels: { ...labels, step },
})

const claimOf = (metadata: Metadata) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: inStep(metadata, 'copy'),
  spec: { accessModes: ['ReadWriteMany'], resources: { requests: { storage: volumeSize } } },
})

const volumeOf = ({ name }: Named) => ({
  volumes: [{ name: 'split', persistentVolumeClaim: { claimName: name } }],
})
const volumeMounts = [{ name: 'split', mountPath: mounted }]

const copyingPod = (metadata: Metadata, named: Named) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: inStep(metadata, 'copy'),
  spec: {
    restartPolicy: 'Never',
    ...volumeOf(named),
    containers: [{ name: 'copy', image: named.image, command: ['sleep', '86400'], volumeMounts }],
  },
})

const testRun = (metadata: Metadata, split: Split, named: Named) => ({
  apiVersion: 'k6.io/v1alpha1',
  kind: 'TestRun',
  metadata: inStep(metadata, 'load'),
  spec: {
    parallelism: split.parts,
    separate: true,
    script: { volumeClaim: { name: named.name, file: 'load/script.js' } },
    // Each of the operator's pods has the name of its part; `--quiet` and the segments come from the operator.
    args: [...k6Settings.flags.filter((flag) => flag !== '--quiet'), `--out=csv=${mounted}/results/$(POD_NAME).csv`],
    // It would read the whole plan only to count its actors.
    initializer: { disabled: true },
    runner: {
      image: named.image,
      env: [
        { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
        ...environmentOf({ ...named, env: { ...k6Settings.env, ...named.env } }),
      ],
      resources: resourcesOf(named.plan, split.parts),
      tolerations,
    },
  },
})

const environmentOf = ({ env, secretNames, secret }: PartEnvironment & Pick<KubernetesOptions, 'secret'>) => [
  ...Object.entries(env).map(([name, value]) => ({ name, value })),
  ...secretNames.map((name) => ({ name, valueFrom: { secretKeyRef: { name: secret, key: name } } })),
]

/** One core a part: what k6 cannot do with it, more parts can. */
const resourcesOf = ({ streams }: Pick<Plan, 'streams'>, parts: number) => {
  const actorBytes = streams.reduce((sum, { poolMemoryBytes }) => sum + poolMemoryBytes, 0)
  const memory = `${Math.ceil((actorBytes / parts + keptBytes) / 1_000_000)}M`
  return { requests: { cpu: '1', memory }, limits: { memory: `${2 * Number.parseInt(memory, 10)}M` } }
}

const mergeJob = (metadata: Metadata, named: Named) => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: inStep(metadata, 'load'),
  spec: {
    backoffLimit: 0,
    template: {
      spec: {
        restartPolicy: 'Never',
        ...volumeOf(named),
        containers: [
          {
            name: 'merge',
            image: named.image,
            workingDir: mounted,
            command: ['collaudo', 'merge', mounted, '--out', `${mounted}/run`],
            env: environmentOf({ ...named, env: {} }),
            volumeMounts,
          },
        ],
      },
    },
  },
})
