import { experiments } from './registry.ts'
import { runnerDies } from './runner-dies.ts'

/** Experiments that are run one after the other. */
export interface Suite {
  readonly name: string
  readonly summary: string
  readonly experiments: readonly string[]
}

/** What a go-live must pass, and everything. */
export const suites: readonly Suite[] = [
  {
    name: 'go-live',
    summary:
      'What a go-live must pass: the data centre, the database, the dependencies, the disks, the people who run it',
    experiments: [
      'zone-lost',
      'database-failover',
      'partition-prescriptions',
      'image-archive-full',
      'rolling-kill',
      'national-services-outage',
      'gray-failure',
      'runner-dies',
    ],
  },
  { name: 'full', summary: 'Every experiment', experiments: [...experiments.map(({ name }) => name), runnerDies.name] },
]
