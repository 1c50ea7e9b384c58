import { styleText } from 'node:util'
import { createLogUpdate } from 'log-update'

/** Options that every command takes. */
export interface OutputOptions {
  readonly json?: boolean
  readonly quiet?: boolean
  readonly color?: boolean
}

/** How results say that something matters, by meaning. */
const looks = {
  bad: ['bold', 'red'],
  good: ['bold', 'green'],
  doubt: ['bold', 'yellow'],
  bold: ['bold'],
  dim: ['dim'],
} as const
export type Look = keyof typeof looks

/** The only way to print: results to stdout, progress to stderr (one live block on a terminal, a line a phase otherwise). */
export class Output {
  readonly isJson: boolean
  readonly #isQuiet: boolean
  readonly #hasColor: boolean
  readonly #block = createLogUpdate(process.stderr)
  readonly #isLive: boolean

  constructor({ json = false, quiet = false, color = true }: OutputOptions) {
    this.isJson = json
    this.#isQuiet = quiet
    this.#hasColor = color && !process.env.NO_COLOR && process.stdout.isTTY === true && !json
    this.#isLive = process.stderr.isTTY === true && !quiet
  }

  /** Text for people, or with --json one document; never both. */
  result(text: string, document: unknown): void {
    process.stdout.write(`${this.isJson ? JSON.stringify(document, null, 2) : text}\n`)
  }

  /** A phase has begun or ended. */
  phase(text: string): void {
    if (this.#isQuiet) return
    this.#block.clear()
    process.stderr.write(`${text}\n`)
  }

  /** Lines for the machine that runs a job, also when people want to read nothing. */
  annotate(lines: string): void {
    process.stderr.write(lines)
  }

  /** The live block; nothing where there is no terminal to redraw it on. */
  live(text: string): void {
    if (this.#isLive) this.#block(text)
  }

  /** Removes the live block. */
  settle(): void {
    if (this.#isLive) this.#block.clear()
  }

  readonly style = (look: Look, text: string): string =>
    this.#hasColor ? styleText([...looks[look]], text, { validateStream: false }) : text
}
