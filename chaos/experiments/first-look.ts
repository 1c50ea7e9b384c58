import { experimentSchema } from '../../model/experiment.ts'
import { everyGate, wellAgain, wellIn } from './gates.ts'
import { bookings } from './streams.ts'

/** What `npm start` shows: the whole region at its peak, and one failure that it survives. In no suite: others look closer. */
export const firstLook = experimentSchema.parse({
  name: 'first-look',
  summary: 'A minute of the whole region at its Monday peak, then one of two processes of the booking service dies',
  hypothesis: 'Everything is as it has to be, and when a process dies bookings go on',
  scenario: 'regional-day',
  keepsGates: true,
  day: 'monday',
  from: '09:00',
  scale: { emergency: 25, board: 3, citizens: 3 },
  phases: { warmUpMs: 10_000, steadyMs: 60_000, faultMs: 10_000, recoveryMs: 8000, afterMs: 8000, drainMs: 30_000 },
  replicas: { recup: 2 },
  faults: [{ fault: { kind: 'kill', component: 'recup#2' }, lastsMs: 10_000 }],
  gates: [
    ...everyGate,
    wellIn('bookings-go-on', {
      phase: 'fault',
      streams: bookings,
      minRatio: 0.98,
      why: 'assumption: the other process takes over at once: at most two steps in a hundred meet the one that dies',
    }),
    wellAgain(bookings, 5000, 'assumption: nothing of it is noticed afterwards'),
  ],
  environments: ['embedded', 'development', 'staging'],
  blastRadius: ['recup#2'],
})
