import type { Engine } from './engine.ts'

/** What a program inside said, both of its outputs, and how it ended. */
export interface Ran {
  readonly exitCode: number
  readonly output: string
}

/** Runs a piece of JavaScript inside a container that is up, and waits for its end. */
export const runInside = async ({ container }: Engine, id: string, program: string): Promise<Ran> => {
  const { exitCode, output } = await container.exec(container.getById(id), ['node', '--eval', program])
  return { exitCode, output: output.trim() }
}

/** The same for one that goes on until its input ends, also when whoever started it dies; resolves to what ends it. */
export const startInside = async ({ container }: Engine, id: string, program: string): Promise<() => Promise<void>> => {
  const exec = await container.getById(id).exec({ Cmd: ['node', '--eval', untilInputEnds(program)], AttachStdin: true })
  const stream = await exec.start({ hijack: true, stdin: true })
  return async () => {
    stream.end()
    for (;;) {
      if (!(await exec.inspect()).Running) return
      await new Promise((resolve) => setTimeout(resolve, lookEveryMs))
    }
  }
}

const lookEveryMs = 50

const untilInputEnds = (program: string): string =>
  `process.stdin.on('end', () => process.exit()).resume(); ${program}; setInterval(() => {}, 60_000)`
