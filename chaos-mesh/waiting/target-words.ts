import type { TargetState } from '../status/conclude.ts'

/** Targets with what is known of them: `shop/web-0 is Injected (no reason given)`. */
export const inWords = (targets: readonly TargetState[]): string =>
  targets.map(({ id, phase, message = 'no reason given' }) => `${id} is ${phase} (${message})`).join('; ')
