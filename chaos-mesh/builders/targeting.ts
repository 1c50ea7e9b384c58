import type { Selector } from '../schemas/selector.ts'

/** How many of the pods that are found. */
export type Mode =
  | { readonly kind: 'one' }
  | { readonly kind: 'all' }
  | { readonly kind: 'fixed'; readonly pods: number }
  | { readonly kind: 'fixed-percent'; readonly percent: number }
  | { readonly kind: 'random-max-percent'; readonly percent: number }

/** Which pods, and how many of them. */
export interface Targeting {
  readonly selector: Selector
  readonly mode: Mode
}

/** What an experiment is called, and what it hits. */
export interface Naming {
  readonly name: string
  readonly namespace: string
  /** By these it is found and swept. */
  readonly labels?: Readonly<Record<string, string>>
}

const valueOfMode = (mode: Mode): { value?: string } => {
  switch (mode.kind) {
    case 'one':
    case 'all':
      return {}
    case 'fixed':
      return { value: String(mode.pods) }
    case 'fixed-percent':
    case 'random-max-percent':
      return { value: String(mode.percent) }
  }
}

/** The fields of a spec that say what it hits. */
export const targetFields = ({ selector, mode }: Targeting) => ({ selector, mode: mode.kind, ...valueOfMode(mode) })

/** The metadata of what is called so. */
export const metadataOf = ({ name, namespace, labels }: Naming) => ({ name, namespace, ...(labels && { labels }) })
