import type { ClusterContext } from './context.ts'
import { type Ending, endExperiment, lost, type Named } from './end-experiment.ts'

/** What is known of an experiment besides its name. */
interface Made {
  /** Whether it was surely there. */
  readonly wasThere: boolean
  /** Whether none of its effect is measured any more; false where nobody can. */
  readonly isMeasuredGone: () => Promise<boolean>
}

/**
 * Ends one injection as often as it is asked, and never says another thing of it: what was there and went without its recovery having been seen
 * stays lost, though nothing of its name is there the next time, until a measurement tells that its effect is gone.
 */
export const oneEnding = (named: Named, { wasThere, isMeasuredGone }: Made, context: ClusterContext) => {
  let known: Ending | undefined
  const end = async (): Promise<Ending> => {
    const found = await endExperiment(named, context)
    return found.kind === 'absent' && wasThere ? lost(named) : found
  }
  return async (): Promise<number> => {
    // One whose creation was not answered may come yet.
    if (known === undefined || known.kind === 'absent') known = await end()
    if (known.kind !== 'lost') return known.atUnixMs
    if (!(await isMeasuredGone())) throw new Error(known.sentence)
    return context.clock.nowUnixMs()
  }
}
