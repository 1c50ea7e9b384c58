import { setTimeout as sleep } from 'node:timers/promises'
import { Journal, readJournal } from './journal.ts'
import { openState } from './open-state.ts'
import { isThere } from './process-mark.ts'
import { restoreRun } from './restore-run.ts'
import { undo } from './undo.ts'
import { watch } from './watchdog.ts'

/** `node watchdog-main.ts JOURNAL`: outlives the run that started it, ends what that run can no longer end, and goes. */

const path = process.argv[2] ?? ''

/** What cannot be ended now may be in a while: an engine or a cluster that starts again. */
let triesLeft = 30
const tryAgainMs = 2000

/** Ctrl-C and the end of a terminal reach everybody; the one who tidies up goes last. */
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => {})

for (;;) {
  const entries = readJournal(path)
  const owner = openState(entries).opened?.owner
  const next = watch(entries, owner !== undefined && isThere(owner), Date.now())
  if (next.kind === 'leave') break
  if (next.kind === 'end-all') {
    const { state } = await restoreRun(path, { by: 'watchdog', now: Date.now, sleep })
    if (state === 'restored' || state === 'clean') break
    if (state === 'left') {
      triesLeft -= 1
      if (triesLeft === 0) break
      await sleep(tryAgainMs)
    }
  }
  if (next.kind === 'end-overdue') {
    const journal = new Journal(path)
    for (const { id, undoings } of next.injections) {
      const left = await Promise.all(undoings.map((one) => undo(one, sleep)))
      if (left.every((one) => one === undefined))
        journal.write({ kind: 'restored', id, by: 'watchdog', atUnixMs: Date.now() })
    }
    journal.close()
  }
  await sleep(next.kind === 'wait' ? next.ms : 100)
}
