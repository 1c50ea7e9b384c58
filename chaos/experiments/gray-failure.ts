import { experimentSchema } from '../../model/experiment.ts'
import { everyGate, wellAgain, wellIn } from './gates.ts'
import { usualPhases } from './phases.ts'
import { bookings } from './streams.ts'

/** One of two processes of the booking service fails its users and passes its health checks. */
export const grayFailure = experimentSchema.parse({
  name: 'gray-failure',
  summary:
    'One of two processes of the booking service answers nine requests in ten with an error, and its health checks well',
  hypothesis: 'It is taken out within seconds: at most one step in twenty fails',
  scenario: 'regional-day',
  streams: [...bookings],
  day: 'monday',
  from: '10:00',
  scale: {},
  phases: usualPhases,
  replicas: { recup: 2 },
  faults: [
    {
      fault: {
        kind: 'http-error',
        component: 'recup#2',
        status: 500,
        shareRatio: 0.9,
        route: { pathPattern: '^/fhir' },
      },
      lastsMs: 40_000,
    },
  ],
  gates: [
    ...everyGate,
    wellIn('bookings-go-on', {
      phase: 'fault',
      streams: bookings,
      minRatio: 0.95,
      why: 'assumption: taken out after five bad answers in a row and tried again every 10 s, 2 % meet it on average and 5 % in one run of 2,000',
    }),
    wellAgain(bookings, 5000, 'assumption: nothing of it is noticed afterwards'),
  ],
  environments: ['embedded', 'development', 'staging'],
  blastRadius: ['recup#2'],
})
