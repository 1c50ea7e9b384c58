/** Outcome of a gate or of a run. The last three are never a success. */
export const verdicts = ['pass', 'fail', 'regressed', 'improved', 'inconclusive', 'invalid', 'no-baseline'] as const
export type Verdict = (typeof verdicts)[number]

/** How a run came to its end; says nothing of whether the systems were good enough. `aborted`: an experiment was broken off, since what was to be spared suffered. */
export const endings = ['completed', 'interrupted', 'timed-out', 'aborted', 'crashed'] as const
export type Ending = (typeof endings)[number]
