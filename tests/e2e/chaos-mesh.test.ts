import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { type Furniture, furnish } from '../chaos/drivers/chaos-mesh/furnish.ts'
import { answers } from '../chaos-mesh/fake-api/answers.ts'
import { startCluster } from '../chaos-mesh/fake-api/cluster.ts'
import type { Who } from '../chaos-mesh/suite/cluster.ts'
import { startCollaudo } from './start-collaudo.ts'

type Fake = Awaited<ReturnType<typeof startCluster>>

const component = (app: string) => ({ labelSelectors: { app } })

const targetOf = (change: object = {}) => ({
  schemaVersion: 1,
  name: 'cluster',
  environment: 'staging',
  allowedHosts: ['127.0.0.1'],
  systems: { recup: { baseUrl: 'http://127.0.0.1:9/fhir' }, prescriptions: { baseUrl: 'http://127.0.0.1:9/fhir' } },
  chaosMesh: {
    kubeconfig: 'kubeconfig',
    namespace: 'shop',
    components: { recup: component('web'), prescriptions: component('db') },
    ...change,
  },
})

/** What a user has in his folder, and what he types. */
interface Typed {
  readonly experiment?: string
  readonly who?: Who
  readonly target?: object
  readonly kubeconfig?: string
  readonly more?: readonly string[]
}

const typed = async (
  cluster: Fake,
  { experiment = 'partition-prescriptions', who = 'admin', more = [], ...given }: Typed,
) => {
  const dir = mkdtempSync(join(tmpdir(), 'collaudo-cluster-'))
  writeFileSync(join(dir, 'kubeconfig'), given.kubeconfig ?? JSON.stringify(cluster.configOf(who)))
  writeFileSync(join(dir, 'cluster.yaml'), JSON.stringify(given.target ?? targetOf()))
  const { ended } = startCollaudo(['chaos', experiment, '--target', 'cluster.yaml', ...more], {}, dir)
  return ended
}

const furnished = async (furniture: Furniture = {}): Promise<Fake> => {
  const cluster = await startCluster()
  await furnish(cluster.connectionOf('admin'), furniture)
  cluster.api.requests.length = 0
  return cluster
}

describe('an experiment on a cluster, shown and not conducted,', () => {
  test('is YAML that kubectl applies, with what it would hit, and changes nothing', async () => {
    await using cluster = await furnished()
    cluster.server.play('collaudo-dry-partition-prescriptions-f1', 'd-network-partition')
    const { exitCode, stdout } = await typed(cluster, { more: ['--dry'], target: targetOf({ maxPodsRatio: 1 }) })
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(
      /^# partition-prescriptions: .*\n# Chaos Mesh 2\.8\.3\n# partition on recup→prescriptions: shop\/web-0, web-1, web-2 and shop\/db-0, db-1, db-2, db-3\n/,
    )
    const [manifest] = parseAllDocuments(stdout)
    expect(manifest?.toJS()).toMatchObject({
      apiVersion: 'chaos-mesh.org/v1alpha1',
      kind: 'NetworkChaos',
      metadata: { name: 'collaudo-dry-partition-prescriptions-f1', namespace: 'shop' },
      spec: { action: 'partition', direction: 'both', target: { selector: { labelSelectors: { app: 'db' } } } },
    })
    expect(await cluster.server.names()).toEqual([])
    expect(cluster.api.requests.filter((line) => /^(?:PATCH|DELETE)|^POST .*leases/.test(line))).toEqual([])
  })

  test('is refused where Chaos Mesh cannot do it honestly', async () => {
    await using cluster = await furnished()
    const { exitCode, stderr } = await typed(cluster, { experiment: 'national-services-outage', more: ['--dry'] })
    expect([exitCode, stderr]).toEqual([
      3,
      expect.stringMatching(
        /^collaudo: Chaos Mesh cannot do national-services-outage: faults\.0: http-error: only HTTPChaos could/,
      ),
    ])
    expect(cluster.api.requests).toEqual([])
  })
})

describe('a cluster that cannot be used is told in one message with what mends it:', () => {
  const old: Furniture = { version: 'v2.7.2' }

  test.each<readonly [string, Typed & { readonly furniture?: Furniture }, readonly [number, RegExp, RegExp]]>([
    [
      'no kubeconfig',
      { target: targetOf({ kubeconfig: 'nowhere' }) },
      [2, /expected a kubeconfig in nowhere, got .*ENOENT/, /set KUBECONFIG/],
    ],
    [
      'a kubeconfig that is none',
      { kubeconfig: 'clusters: [' },
      [2, /expected a kubeconfig in kubeconfig, got/, /set KUBECONFIG/],
    ],
    [
      'a context that is not there',
      { target: targetOf({ context: 'other' }) },
      [2, /expected a context of fake, got other/, /set KUBECONFIG/],
    ],
    [
      'an expired certificate',
      { who: 'expired' },
      [2, /got 401: Unauthorized/, /log in again: the certificate or token may have expired/],
    ],
    [
      'no rights',
      { who: 'nobody' },
      [4, /expected the right to create networkchaos\.chaos-mesh\.org in shop, got none/, /bind the Role/],
    ],
    [
      'an old controller',
      { furniture: old },
      [2, /expected Chaos Mesh 2\.7\.3 or newer, got 2\.7\.2/, /upgrade Chaos Mesh/],
    ],
    [
      'a selector that finds nothing',
      { target: targetOf({ components: { recup: component('none'), prescriptions: component('db') } }) },
      [2, /expected pods of recup with app=none in shop, got none/, /correct chaosMesh\.components\.recup/],
    ],
    [
      'a selector that finds too much',
      { target: targetOf({ maxPodsRatio: 0.1 }) },
      [4, /expected at most 10 % of the 7 pods of shop to be hit, got 7/, /narrow the selectors/],
    ],
    [
      'an empty selector',
      { target: targetOf({ components: { recup: { labelSelectors: {} } } }) },
      [2, /chaosMesh\.components\.recup\.labelSelectors: expected at least one label, got none/, /edit cluster\.yaml/],
    ],
    [
      'a label that no pod can have',
      { target: targetOf({ components: { recup: { labelSelectors: { app: 'my app' } } } }) },
      [
        2,
        /chaosMesh\.components\.recup\.labelSelectors\.app: expected a label value such as web, got "my app"/,
        /edit cluster\.yaml/,
      ],
    ],
    [
      'names that DNSChaos cannot match',
      { target: targetOf({ components: { recup: { ...component('web'), dnsNames: ['*.svc.cluster.local'] } } }) },
      [
        2,
        /chaosMesh\.components\.recup\.dnsNames\.0: expected a name with \? anywhere and \* at its end only, .*, got "\*\.svc/,
        /edit cluster\.yaml/,
      ],
    ],
    [
      'clients from no network',
      { target: targetOf({ clients: { addresses: ['192.0.2.0/33'] } }) },
      [2, /chaosMesh\.clients\.addresses\.0: expected an address or a network .*, got "192\.0\.2\.0\/33"/, /edit/],
    ],
    [
      'a container of no name',
      { target: targetOf({ components: { recup: { ...component('web'), container: 'My App' } } }) },
      [2, /chaosMesh\.components\.recup\.container: expected the name of a container .*, got "My App"/, /edit/],
    ],
    [
      'a component that has no pods',
      { target: targetOf({ components: { 'recup→prescriptions': component('web') } }) },
      [
        2,
        /chaosMesh\.components\..*: .*expected a component with pods such as recup, recup\.store or queue/,
        /edit cluster\.yaml/,
      ],
    ],
    [
      'a component that the target does not name',
      { target: targetOf({ components: { recup: component('web') } }) },
      [3, /expected a component of recup in chaosMesh\.components, got prescriptions/, /add it to chaosMesh/],
    ],
  ])('%s', async (_, { furniture, ...given }, [code, message, mend]) => {
    await using cluster = await furnished(furniture)
    for (const more of [['--dry'], []]) {
      const { exitCode, stderr, stdout } = await typed(cluster, { ...given, more })
      expect(stderr).toMatch(message)
      expect(stderr).toMatch(mend)
      expect([exitCode, stdout]).toEqual([code, ''])
      expect(stderr.match(/^collaudo: /gm)).toHaveLength(1)
      expect(stderr).not.toMatch(/^ {4}at /m)
    }
    expect(
      cluster.api.requests.filter((line) =>
        /^DELETE|^POST .*(?:leases|networkchaos\?fieldValidation=Strict$)/.test(line),
      ),
    ).toEqual([])
  })

  test('no definitions of Chaos Mesh', async () => {
    await using cluster = await furnished()
    cluster.api.refuse(/^GET .*networkchaos/, answers.noSuchKind, 100)
    const { exitCode, stderr } = await typed(cluster, { more: ['--dry'] })
    expect([exitCode, stderr]).toEqual([
      2,
      expect.stringMatching(/expected the API server to list NetworkChaos, got 404[\s\S]*install Chaos Mesh/),
    ])
  })

  test('a server that is not there', async () => {
    await using cluster = await furnished()
    await cluster.api.stop()
    const { exitCode, stderr } = await typed(cluster, { more: ['--dry'] })
    expect([exitCode, stderr]).toEqual([
      2,
      expect.stringMatching(/expected an answer from http[\s\S]*ECONNREFUSED[\s\S]*kubectl cluster-info/),
    ])
  })
})
