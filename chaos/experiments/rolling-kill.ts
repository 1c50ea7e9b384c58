import { experimentSchema } from '../../model/experiment.ts'
import { everyGate, wellAgain, wellIn } from './gates.ts'
import { usualPhases } from './phases.ts'
import { bookings } from './streams.ts'

/** In the busiest hour one process of the booking service after the other dies. */
export const rollingKill = experimentSchema.parse({
  name: 'rolling-kill',
  summary: 'In the busiest hour one of three processes of the booking service after the other dies',
  hypothesis: 'At most two steps in a hundred fail, and no booking that was confirmed is lost',
  scenario: 'regional-day',
  streams: [...bookings],
  day: 'monday',
  from: '10:00',
  scale: {},
  phases: usualPhases,
  replicas: { recup: 3 },
  faults: [{ fault: { kind: 'rolling-restart', component: 'recup', everyMs: 8000 }, lastsMs: 38_000 }],
  gates: [
    ...everyGate,
    wellIn('bookings-go-on', {
      phase: 'fault',
      streams: bookings,
      minRatio: 0.98,
      why: 'assumption: whoever is with a process that dies tries again: at most two steps in a hundred',
    }),
    wellAgain(bookings, 5000, 'assumption: nothing of it is noticed afterwards'),
  ],
  environments: ['embedded', 'development', 'staging'],
  blastRadius: ['recup'],
})
