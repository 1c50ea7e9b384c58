import type { Scenario } from '../model/scenario.ts'
import { slowRequests } from '../region/attacks.ts'
import { mixes } from '../region/mixes.ts'
import { digitalServices } from './digital-services.ts'
import { ownGates } from './own-gates.ts'

/** The health record at work while others try to get at it: its own people must not notice, and nobody may be shown anything. */
export const hostileTraffic: Scenario = {
  ...digitalServices,
  name: 'hostile-traffic',
  summary:
    'The health record and telemedicine while others try to get at documents and tokens, or to hold connections: all are refused, and nobody notices',
  slice: { day: 'weekday', from: '10:00', to: '10:15' },
  isHostile: true,
  slowRequests: slowRequests.value,
  streams: [
    ...digitalServices.streams,
    {
      name: 'attackers',
      demand: 'attacks',
      mix: mixes.attacks.value,
      channel: 'outside',
      pool: { kind: 'population' },
      connection: 'fresh',
    },
  ],
  gates: [
    ...digitalServices.gates.filter(
      ({ name, kind }) => kind !== 'failures' && !ownGates.some((own) => own.name === name),
    ),
    {
      name: 'own-failures',
      kind: 'failures',
      phase: 'steady',
      streams: digitalServices.streams.map(({ name }) => name),
      limitRatio: 0.001,
      why: 'assumption: whoever has business there sees errors within 0.1 %, attacks or not',
    },
    {
      name: 'attacks-refused',
      kind: 'outcomes',
      phase: 'steady',
      stream: 'attackers',
      outcome: 'done',
      bound: 'at-most',
      limitRatio: 0,
      why: 'nobody may be let in',
    },
    ...ownGates,
  ],
}
