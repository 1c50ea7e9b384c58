import { existsSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Comparison } from '../model/comparison.ts'
import type { RunRecord } from '../model/run-record.ts'
import { readScenario } from '../runner/read-scenario.ts'
import type { RunEvents } from '../runner/run-request.ts'
import { emptyFolder } from './empty-folder.ts'
import { k6Path } from './k6-path.ts'
import { liveBlock } from './live-block.ts'
import type { Output, OutputOptions } from './output.ts'
import { parseSeed, parseTimeout, type SliceOptions } from './parse-options.ts'
import { repeatCommand } from './repeat-command.ts'
import { runIdOf, runsDir } from './run-id.ts'
import { sliceOf } from './slice-options.ts'
import { sliceWords } from './slice-words.ts'

export interface ComparePairOptions extends Partial<SliceOptions>, OutputOptions {
  readonly seed: string
  readonly timeout?: string
  readonly out?: string
}

export interface AskedPair {
  /** Names of targets, or paths of their files. */
  readonly before: string
  readonly after: string
  readonly scenario: string
  readonly floorRatio: number | undefined
  readonly signal: AbortSignal
}

export interface ConductedPair {
  readonly comparison: Comparison
  /** Of the target that came after, with a verdict that heeds the comparison. */
  readonly record: RunRecord
  readonly dir: string
}

/** Runs one load against two targets at once, to their comparison. Each side has a run folder of its own: `before`, `after`. */
export const conductPair = async (
  { before, after, scenario: name, floorRatio, signal }: AskedPair,
  options: ComparePairOptions,
  output: Output,
): Promise<ConductedPair> => {
  const scenario = await readScenario(name, options.streams)
  const wanted = await sliceOf(options, scenario)
  const seed = parseSeed(options.seed)
  const timeoutMs = options.timeout === undefined ? undefined : parseTimeout(options.timeout)
  const { readTarget } = await import('../runner/read-target.ts')
  const { runPair } = await import('../runner/run-pair.ts')
  const targets = { before: await readTarget(before), after: await readTarget(after) }
  const id = runIdOf(new Date())
  const dir = await emptyFolder(options.out ?? join(runsDir, id))
  const live = new PairLive(output)
  const sideOf = async (side: 'before' | 'after', target: string) => {
    await mkdir(join(dir, side))
    const request = {
      scenario,
      ...wanted,
      seed,
      target: targets[side],
      defects: [],
      id: `${id}-${side}`,
      dir: join(dir, side),
      runsDir,
      signal,
      timeoutMs,
      k6: k6Path(process.env),
      env: process.env,
      commandLine: commandLineOf({ before, after, scenario: name, floorRatio }, options),
      events: live.of(side),
    }
    return { name: target, request }
  }
  try {
    const sides = { before: await sideOf('before', before), after: await sideOf('after', after) }
    const { comparison, after: record } = await runPair({ ...sides, floorRatio })
    return { comparison, record, dir }
  } finally {
    output.settle()
    if (!['before', 'after'].some((side) => existsSync(join(dir, side, 'run.json')))) {
      await rm(dir, { recursive: true, force: true })
    }
  }
}

/** The command that repeats both. */
const commandLineOf = (
  { before, after, scenario, floorRatio }: Omit<AskedPair, 'signal'>,
  options: ComparePairOptions,
): string =>
  repeatCommand([
    ...['compare', '--ab', before, after, scenario],
    ...sliceWords(options),
    ...['--seed', options.seed],
    ...(floorRatio === undefined ? [] : ['--floor', String(floorRatio)]),
    ...(options.timeout ? ['--timeout', options.timeout] : []),
  ])

/** Shows two runs while they go on. */
class PairLive {
  readonly #output: Output
  readonly #blocks = { before: '', after: '' }

  constructor(output: Output) {
    this.#output = output
  }

  of(side: 'before' | 'after'): RunEvents {
    const show = (text: string): void => {
      this.#blocks[side] = `${side}\n${text}`
      this.#output.live(`${this.#blocks.before}\n${this.#blocks.after}`)
    }
    return {
      phase: (text) => this.#output.phase(`${side.padEnd(6)} ${text}`),
      loading: (loaded, total) => show(`prepare   ${loaded} of ${total} resources`),
      live: (snapshot, waiting) => show(liveBlock(snapshot, waiting)),
    }
  }
}
