import { setPriority } from 'node:os'
import { parseArgs } from 'node:util'
import { rngOf } from '../../generators/rng.ts'
import { serveControl } from './control.ts'
import { EffectLog } from './effect-log.ts'
import { Links } from './links.ts'
import { type Answered, type Asked, type Command, refusalOf } from './messages.ts'

/**
 * The fault proxy as a process: `node main.ts --seed N --effects FILE`, under a parent with an IPC channel. It says `{ ready }`
 * or `{ refusal }`, then answers commands. It ends with its parent and leaves Ctrl-C, which reaches both, to it. In a container,
 * where it has no parent, it takes its commands over HTTP: `--host 0.0.0.0 --control PORT`.
 */

const { values: options } = parseArgs({
  options: {
    seed: { type: 'string', default: '0' },
    effects: { type: 'string' },
    host: { type: 'string' },
    control: { type: 'string' },
  },
})

const tell = (message: object): void => {
  if (process.connected) process.send?.(message)
}

const warn = (line: string): void => {
  process.stderr.write(`${line}\n`)
}

const serve = async (links: Links, command: Command): Promise<unknown> => {
  switch (command.kind) {
    case 'open':
      return { port: await links.open(command.link) }
    case 'inject': {
      const atUnixMs = Date.now()
      links.inject(command.injection)
      return { atUnixMs }
    }
    case 'restore':
      links.restore(command.id)
      return { atUnixMs: Date.now() }
    case 'counts':
      return links.counts()
  }
}

const answerTo = async (links: Links, { number, command }: Asked): Promise<Answered> => {
  try {
    return { number, value: await serve(links, command) }
  } catch (error) {
    return { number, refusal: refusalOf(error) }
  }
}

const run = async (log: EffectLog): Promise<void> => {
  const links = new Links(rngOf(Number(options.seed)), log, options.host)
  const stop = async (): Promise<void> => {
    links.close()
    await log.close()
    process.exit(0)
  }
  process.once('SIGTERM', stop)
  if (options.control !== undefined) {
    serveControl(Number(options.control), (asked) => answerTo(links, asked))
    return
  }
  process.on('message', async (asked: Asked) => tell(await answerTo(links, asked)))
  process.once('disconnect', stop)
  // A parent that died before anybody listened for it.
  if (process.send && !process.connected) await stop()
  tell({ ready: true })
}

/** Above whoever uses the processors: what waits for one behind the load is late by more than its fault. Only root may. */
const niceness = -5

try {
  setPriority(niceness)
} catch {
  // It does without.
}
process.on('SIGINT', () => undefined)
// Without a reader every warning would be an exception, and that another warning.
process.stderr.on('error', () => undefined)
process.on('uncaughtException', (error) => warn(`went on after ${error.stack}`))
try {
  await run(await EffectLog.open(options.effects ?? '', warn))
} catch (error) {
  tell({ refusal: refusalOf(error) })
  if (process.connected) process.disconnect()
  process.exitCode = 1
}
