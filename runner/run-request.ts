import type { PushTarget } from '../clients/remote-write.ts'
import type { Environment } from '../clients/token.ts'
import type { Defect } from '../model/defect.ts'
import type { Experiment } from '../model/experiment.ts'
import type { ImageSize, Slice } from '../model/plan.ts'
import type { Scenario } from '../model/scenario.ts'
import type { Target } from '../model/target.ts'
import type { Replay } from '../planner/replay.ts'
import type { Snapshot } from '../results/collector.ts'
import type { TwinOptions } from '../twin/twin-options.ts'
import type { EmbeddedTarget } from './read-target.ts'

export interface RunRequest {
  /** What is broken on purpose while it runs; the scenario and the slice are made for it. */
  readonly experiment?: Experiment | undefined
  readonly scenario: Scenario
  readonly slice: Slice
  /** Real arrivals in place of the curves; the slice is theirs. */
  readonly replay?: Replay | undefined
  readonly seed: number
  /** Of diagnostic images, where the scenario has some. */
  readonly imageSize?: ImageSize | undefined
  readonly target: Target | EmbeddedTarget
  readonly defects: readonly Defect[]
  /** Processes of a FHIR system of the embedded target, behind a balancer; an experiment has its own. */
  readonly replicas?: TwinOptions['replicas']
  /** Names the run, its folder's content and everything it makes on the target. */
  readonly id: string
  /** Run folder, empty. */
  readonly dir: string
  /** Where locks lie. */
  readonly runsDir: string
  readonly k6: string
  readonly env: Environment
  /** File of the baseline that it is compared with; none when absent. */
  readonly baseline?: string | undefined
  /** Whether it belongs into the history of what is usual; true when absent. */
  readonly isUsual?: boolean | undefined
  /** Called when all is ready for the load: resolves to its zero in Unix ms, where it has to begin together with another. */
  readonly together?: ((actors: number) => Promise<number>) | undefined
  /** As typed, to repeat the run. */
  readonly commandLine: string
  /** Ends the load; what was started is still reconciled and reported. */
  readonly signal: AbortSignal
  /** Ends the load this long after the call; what was started is still reconciled, judged and reported. */
  readonly timeoutMs?: number | undefined
  /** Where its metrics are pushed; nowhere when absent. */
  readonly push?: PushTarget | undefined
  /** k6 processes that share the rows; one when absent. */
  readonly parts?: number | undefined
  readonly events: RunEvents
}

/** What a run tells while it goes on. */
export interface RunEvents {
  phase(text: string): void
  loading(loaded: number, total: number): void
  /** `waiting`: rows due that no actor has taken yet. */
  live(snapshot: Snapshot, waiting: number): void
}
