import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { constants } from 'node:os'

/** @typedef {import('node:child_process').SpawnOptions & { endWith?: NodeJS.Signals }} ChildOptions */

/** @type {Map<import('node:child_process').ChildProcess, NodeJS.Signals | undefined>} */
const running = new Map()
/** @type {NodeJS.Signals | undefined} */
let received
let isAbandoned = false

/** The first signal this process was sent since `forwardSignals`, if any. */
export function receivedSignal() {
  return received
}

/** Whether nothing more shall be started or said: after a signal, or when the work was given up. */
export function isEnding() {
  return received !== undefined || isAbandoned
}

/** Gives up all work under way. */
export function abandonChildren() {
  isAbandoned = true
  for (const [child, endWith] of running) child.kill(endWith ?? 'SIGTERM')
}

/** From here on a signal does not end this process: it reaches the children, and their end is awaited. */
export function forwardSignals() {
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => {
      received ??= signal
      const hasReachedAll = signal !== 'SIGTERM' && isTerminalForeground()
      for (const [child, endWith] of running) {
        if (endWith) child.kill(endWith)
        else if (!hasReachedAll) child.kill(signal)
      }
    })
  }
}

/** Whether the terminal sends Ctrl-C and hang-ups to the children too: they share its foreground process group. */
function isTerminalForeground() {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return false
  try {
    // After the command name, which may hold spaces: state ppid pgrp session tty tpgid
    const fields = readFileSync('/proc/self/stat', 'utf8').split(') ').at(-1)?.split(' ')
    return fields?.[2] === fields?.[5]
  } catch {
    return true
  }
}

/**
 * Starts a program and waits for its end.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {ChildOptions} options `endWith`: what any signal becomes for a program that may be cut short anywhere
 * @returns {Promise<{ code: number, output: string }>} the exit code, 128 + n for signal n, and what it wrote when piped;
 * rejects when it cannot be started or all is ending
 */
export function runChild(program, args, options) {
  return new Promise((resolve, reject) => {
    if (isEnding()) throw new Error(`${program} is not started any more`)
    const child = spawn(program, args, options)
    running.set(child, options.endWith)
    let output = ''
    const keep = (/** @type {Buffer} */ chunk) => {
      output += chunk
    }
    child.stdout?.on('data', keep)
    child.stderr?.on('data', keep)
    child.on('error', (error) => {
      running.delete(child)
      reject(error)
    })
    child.on('close', (code, signal) => {
      running.delete(child)
      resolve({ code: signal ? 128 + constants.signals[signal] : (code ?? 1), output })
    })
  })
}

/**
 * The end of a failed program's output, for people.
 * @param {string} output
 */
export function lastLines(output) {
  return output.trimEnd().split('\n').slice(-15).join('\n')
}
