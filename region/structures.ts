import type { Quantity } from '../model/quantity.ts'
import { aslShares } from './people.ts'
import { volumes } from './volumes.ts'

/** A structure that offers agendas: synthetic, only the counts are the region's. */
export interface Structure {
  readonly index: number
  readonly name: string
  readonly kind: 'public' | 'private'
  readonly asl: string
}

const aslOf = (index: number): string => aslShares.value[index % aslShares.value.length]?.code ?? ''

const named = (kind: Structure['kind'], count: number, firstIndex: number): readonly Structure[] =>
  Array.from({ length: count }, (_, n) => ({
    index: firstIndex + n,
    name: `${kind === 'public' ? 'Presidio pubblico' : 'Struttura accreditata'} ${n + 1}`,
    kind,
    asl: aslOf(n),
  }))

/** The 17 public and 217 accredited private structures, dealt in turn to the health authorities. */
export const structures: Quantity<readonly Structure[]> = {
  value: [
    ...named('public', volumes.publicStructures.value, 0),
    ...named('private', volumes.privateStructures.value, volumes.publicStructures.value),
  ],
  unit: 'structures',
  source: 'counts: volumes; names and authorities: synthetic, assumption',
}
