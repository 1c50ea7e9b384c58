const text = { type: 'string' }
const flag = { type: 'boolean' }
/** What Kubernetes itself defines is judged where it stands in an object of its own. */
const ofKubernetes = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true }
const listOfKubernetes = { type: 'array', items: ofKubernetes }

const object = (properties: object, required: readonly string[] = []) => ({
  type: 'object',
  properties,
  ...(required.length > 0 && { required }),
})

const pod = object({
  disabled: flag,
  affinity: ofKubernetes,
  automountServiceAccountToken: text,
  env: listOfKubernetes,
  image: text,
  imagePullSecrets: listOfKubernetes,
  imagePullPolicy: text,
  metadata: ofKubernetes,
  nodeSelector: ofKubernetes,
  tolerations: listOfKubernetes,
  topologySpreadConstraints: listOfKubernetes,
  resources: ofKubernetes,
  serviceAccountName: text,
  securityContext: ofKubernetes,
  containerSecurityContext: ofKubernetes,
  envFrom: listOfKubernetes,
  readinessProbe: ofKubernetes,
  livenessProbe: ofKubernetes,
  initContainers: listOfKubernetes,
  volumes: listOfKubernetes,
  volumeMounts: listOfKubernetes,
  priorityClassName: text,
  schedulerName: text,
})

const spec = object(
  {
    script: object({
      volumeClaim: object({ name: text, file: text, readOnly: flag }, ['name']),
      configMap: object({ name: text, file: text }, ['name']),
      localFile: text,
    }),
    parallelism: { type: 'integer', format: 'int32' },
    separate: flag,
    arguments: text,
    args: { type: 'array', items: text },
    ports: listOfKubernetes,
    initializer: pod,
    starter: pod,
    runner: pod,
    quiet: text,
    paused: text,
    scuttle: ofKubernetes,
    cleanup: { type: 'string', enum: ['post'] },
    testRunId: text,
    token: text,
  },
  ['script', 'parallelism'],
)

/** The TestRun of k6-operator 1.6.0, as its types describe it (its module cannot be had from a registry). */
export const testRunDefinition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'testruns.k6.io' },
  spec: {
    group: 'k6.io',
    scope: 'Namespaced',
    names: { kind: 'TestRun', listKind: 'TestRunList', plural: 'testruns', singular: 'testrun' },
    versions: [
      {
        name: 'v1alpha1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: object({ apiVersion: text, kind: text, metadata: { type: 'object' }, spec }),
        },
      },
    ],
  },
}
