import { Failure } from '../model/failure.ts'
import type { Target } from '../model/target.ts'

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

const urlsOf = ({ systems, auth }: Target): readonly (readonly [string, string])[] => [
  ...Object.entries(systems).flatMap(([name, of]) => (of ? [[`systems.${name}.baseUrl`, of.baseUrl] as const] : [])),
  ...(auth.kind === 'client-credentials' ? [['auth.tokenUrl', auth.tokenUrl] as const] : []),
]
