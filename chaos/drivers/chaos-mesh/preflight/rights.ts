import { pluralOf } from '../../../../chaos-mesh/kinds.ts'
import type { Right } from '../cluster.ts'
import { namespacesOf } from '../place.ts'
import type { Preflight } from '../preflight.ts'
import type { Finding } from './finding.ts'

const chaosMeshGroup = 'chaos-mesh.org'
const hint = 'bind the Role and the ClusterRole of docs/how-to/kubernetes.md to whoever the kubeconfig names'

/** What whoever asks may not do and would have to, one sentence each. */
export const rightFindings = async (request: Preflight): Promise<readonly Finding[]> => {
  const rights = neededRights(request)
  const allowed = await Promise.all(rights.map((right) => request.cluster.may(right)))
  return rights
    .filter((_, index) => !allowed[index])
    .map((right) => ({ kind: 'forbidden', message: `expected the right to ${inWords(right)}, got none`, hint }))
}

const inWords = ({ verb, group, resource, namespace }: Right): string =>
  `${verb} ${resource}${group === '' ? '' : `.${group}`} in ${namespace === undefined ? 'the cluster' : namespace}`

/** Chaos Mesh itself asks for `create` in every namespace whose pods are hit. */
export const neededRights = ({
  target: { namespace, controllerNamespace },
  planned,
}: Pick<Preflight, 'target' | 'planned'>): readonly Right[] => {
  const kinds = [...new Set(planned.map(({ manifest }) => pluralOf(manifest.kind)))]
  const hit = [...new Set(planned.flatMap(({ place }) => namespacesOf(place)))]
  return [
    ...kinds.flatMap((resource) =>
      ['create', 'get', 'list', 'watch', 'patch', 'delete'].map((verb) => ({
        verb,
        group: chaosMeshGroup,
        resource,
        namespace,
      })),
    ),
    ...hit
      .filter((other) => other !== namespace)
      .flatMap((other) =>
        kinds.map((resource) => ({ verb: 'create', group: chaosMeshGroup, resource, namespace: other })),
      ),
    ...hit.flatMap((one) => [
      { verb: 'list', group: '', resource: 'pods', namespace: one },
      { verb: 'get', group: '', resource: 'namespaces', namespace: one },
      { verb: 'list', group: 'policy', resource: 'poddisruptionbudgets', namespace: one },
    ]),
    ...[...new Set([namespace, ...hit])].flatMap((one) =>
      ['create', 'get', 'patch', 'delete'].map((verb) => ({
        verb,
        group: 'coordination.k8s.io',
        resource: 'leases',
        namespace: one,
      })),
    ),
    { verb: 'list', group: 'apps', resource: 'deployments', namespace: controllerNamespace },
    { verb: 'list', group: 'apps', resource: 'daemonsets', namespace: controllerNamespace },
    { verb: 'list', group: '', resource: 'pods', namespace: controllerNamespace },
    { verb: 'list', group: '', resource: 'nodes' },
  ]
}
