import type { RunEvents } from '../runner/run-request.ts'
import { liveBlock } from './live-block.ts'
import type { Output } from './output.ts'

/** Shows a run while it goes on. */
export const runEvents = (output: Output): RunEvents => ({
  phase: (text) => output.phase(text),
  loading: (loaded, total) => output.live(`prepare   ${loaded} of ${total} resources`),
  live: (snapshot, waiting) => output.live(liveBlock(snapshot, waiting)),
})
