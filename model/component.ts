import { systemNames } from './system.ts'

/** What stands by itself: the systems, and `identity`, which gives tokens and is no system that a journey calls. */
export const standing = [...systemNames, 'identity'] as const
export type Standing = (typeof standing)[number]

/** Who asks: another system, or the clients of the region (`clients`). */
export type Origin = Standing | 'clients'

/**
 * What a fault can hit: `recup` (a system, all its replicas, every way into it) · `recup#2` (one replica) · `recup.store` (what it
 * keeps its data in) · `recup→prescriptions` (the way from one system to another; `clients→recup` from outside) · `queue` (what systems leave messages in for each other).
 */
export type Component =
  | { readonly kind: 'system'; readonly system: Standing }
  | { readonly kind: 'replica'; readonly system: Standing; readonly index: number }
  | { readonly kind: 'store'; readonly system: Standing }
  | { readonly kind: 'queue' }
  | { readonly kind: 'edge'; readonly from: Origin; readonly to: Standing }

const isStanding = (name: string | undefined): name is Standing => standing.some((one) => one === name)

const isOrigin = (name: string | undefined): name is Origin => name === 'clients' || isStanding(name)

/** Reads a component's name; `->` may be typed for the arrow. Undefined for what is none. */
export const parseComponent = (name: string): Component | undefined => {
  if (name === 'queue') return { kind: 'queue' }
  const [from, to, ...more] = name.split(/→|->/)
  if (to !== undefined) {
    return more.length === 0 && isOrigin(from) && isStanding(to) && from !== to ? { kind: 'edge', from, to } : undefined
  }
  const [, system, index, store] = /^([a-z]+)(?:#([1-9]\d*)|(\.store))?$/.exec(name) ?? []
  if (!isStanding(system)) return undefined
  if (store !== undefined) return { kind: 'store', system }
  return index === undefined ? { kind: 'system', system } : { kind: 'replica', system, index: Number(index) }
}

/** The name that `parseComponent` reads. */
export const componentName = (component: Component): string => {
  switch (component.kind) {
    case 'system':
      return component.system
    case 'replica':
      return `${component.system}#${component.index}`
    case 'store':
      return `${component.system}.store`
    case 'queue':
      return 'queue'
    case 'edge':
      return `${component.from}→${component.to}`
  }
}

/** A component's name as it is written everywhere, whichever arrow was typed; another text stays as it is. */
export const canonicalName = (name: string): string => {
  const component = parseComponent(name)
  return component ? componentName(component) : name
}
