/** The last experiment is on collaudo itself: it is killed while a fault of its is there. */
export const runnerDies = {
  name: 'runner-dies',
  summary: 'collaudo itself is killed while a fault of its is there',
  hypothesis: 'Whoever is left ends the fault and every process within half a minute',
  /** What is under way when it is killed. */
  experiment: 'partition-prescriptions',
} as const
