import { Failure } from '../model/failure.ts'
import type { Scenario } from '../model/scenario.ts'
import type { Target } from '../model/target.ts'
import { type EmbeddedTarget, isEmbedded } from './read-target.ts'

/**
 * Refuses a target that must not be loaded, before anything is sent to it: production, or a host that its own file
 * does not allow. Throws a `refused` Failure with every reason.
 */
export const guardTarget = (target: Target): void => {
  const reasons = [...environmentReasons(target), ...hostReasons(target)]
  if (reasons.length > 0) {
    throw new Failure(
      'refused',
      reasons.join('\n'),
      'load goes only to hosts in allowedHosts of an environment that is not production',
    )
  }
}

/** Refuses a scenario that attacks on a target that does not allow it by name. Throws a `refused` Failure. */
export const guardScenario = ({ name, isHostile = false }: Scenario, target: Target | EmbeddedTarget): void => {
  if (!isHostile || isEmbedded(target)) return
  if (target.auth.kind === 'none') {
    throw new Failure(
      'usage',
      `expected a target that asks for credentials, which ${name} does without, got ${target.name} with auth none`,
      'choose another scenario: whoever asks nobody for a token lets everybody in',
    )
  }
  if (target.allows.includes('hostile-traffic')) return
  throw new Failure(
    'refused',
    `expected a target that allows hostile-traffic, which ${name} is, got ${target.name} without`,
    `write allows: [hostile-traffic] into its YAML file, when its owners have agreed`,
  )
}

const environmentReasons = ({ name, environment }: Target): readonly string[] =>
  environment === 'production'
    ? [`expected a target that is not production, got ${name} with environment production`]
    : []

const hostReasons = (target: Target): readonly string[] =>
  urlsOf(target)
    .filter(([, url]) => !target.allowedHosts.includes(new URL(url).hostname))
    .map(
      ([where, url]) => `expected ${where} on one of ${target.allowedHosts.join(', ')}, got ${new URL(url).hostname}`,
    )

const urlsOf = ({ systems, auth, proxy, chaosMesh }: Target): readonly (readonly [string, string])[] => [
  ...Object.entries(systems).flatMap(([name, of]) => (of ? [[`systems.${name}.baseUrl`, of.baseUrl] as const] : [])),
  ...(auth.kind === 'client-credentials' ? [['auth.tokenUrl', auth.tokenUrl] as const] : []),
  ...(proxy ? [['proxy', proxy] as const] : []),
  ...Object.entries(chaosMesh?.components ?? {}).flatMap(([name, { healthUrl }]) =>
    healthUrl === undefined ? [] : [[`chaosMesh.components.${name}.healthUrl`, healthUrl] as const],
  ),
]
