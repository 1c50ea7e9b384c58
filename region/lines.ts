import type { Line } from '../model/line.ts'
import type { Quantity } from '../model/quantity.ts'
import type { Channel } from '../model/scenario.ts'

const hospital: Line = { roundTripMs: 8, bytesPerSecond: 12_500_000 }
const shop: Line = { roundTripMs: 30, bytesPerSecond: 1_250_000 }
const mobile: Line = { roundTripMs: 50, bytesPerSecond: 2_500_000 }
const household: Line = { roundTripMs: 25, bytesPerSecond: 2_500_000 }

/** What lies between those who come through a channel and the national cloud. */
export const lines: Quantity<Readonly<Record<Channel, Line>>> = {
  value: {
    phone: { roundTripMs: 12, bytesPerSecond: 12_500_000 },
    web: household,
    app: mobile,
    counter: hospital,
    pharmacy: shop,
    practitioner: shop,
    partner: { roundTripMs: 20, bytesPerSecond: 2_500_000 },
    system: { roundTripMs: 11, bytesPerSecond: 125_000_000 },
    emergency: hospital,
    hospital,
    home: mobile,
    outside: { roundTripMs: 40, bytesPerSecond: 2_500_000 },
    modality: hospital,
    radiologist: hospital,
  },
  unit: 'ms, bytes/s of each connection',
  source:
    'assumption: fibre to a hospital and to the call centre, DSL to a pharmacy or a surgery, a household, a mobile phone; 11 ms from Rome to Milan between two data centres',
}
