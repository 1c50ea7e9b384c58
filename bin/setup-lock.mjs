import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { isEnding } from './children.mjs'
import { SetupFailure } from './setup-failure.mjs'

const pollMs = 200
const longestWaitMs = 15 * 60_000

/**
 * Runs `work` while no other process does the same. The lock is a folder that holds one file named for its owner's pid:
 * renaming a filled folder onto it, or a dead owner's file to one's own, succeeds for exactly one process.
 * @template T
 * @param {string} folder
 * @param {{ say: (line: string) => void, work: () => Promise<T> }} options
 * @returns {Promise<T>}
 */
export async function withLock(folder, { say, work }) {
  mkdirSync(dirname(folder), { recursive: true })
  const deadline = Date.now() + longestWaitMs
  let isWaiting = false
  while (!acquire(folder)) {
    if (Date.now() > deadline) {
      throw new SetupFailure(
        `${folder} was held by process ${owner(folder)} for 15 minutes`,
        `end it or remove ${folder}`,
      )
    }
    if (!isWaiting) say(`waiting for process ${owner(folder)}, which holds ${basename(folder)}…`)
    isWaiting = true
    await delay(pollMs)
    if (isEnding()) throw new Error('the wait for a lock was given up')
  }
  try {
    return await work()
  } finally {
    release(folder)
  }
}

/** @param {string} folder */
function acquire(folder) {
  const holder = owner(folder)
  if (holder !== undefined && isAlive(holder)) return false
  const mine = mkdtempSync(`${folder}-`)
  try {
    writeFileSync(join(mine, String(process.pid)), '')
    if (holder === undefined) renameSync(mine, folder)
    else renameSync(join(folder, String(holder)), join(folder, String(process.pid)))
    return true
  } catch (error) {
    if (isOneOf(error, ['ENOTEMPTY', 'EEXIST', 'ENOENT'])) return false
    throw error
  } finally {
    rmSync(mine, { recursive: true, force: true })
  }
}

/** @param {string} folder */
function release(folder) {
  rmSync(join(folder, String(process.pid)), { force: true })
  try {
    rmdirSync(folder)
  } catch (error) {
    if (!isOneOf(error, ['ENOTEMPTY', 'EEXIST', 'ENOENT'])) throw error
  }
}

/** @param {string} folder */
function owner(folder) {
  try {
    const [pid] = readdirSync(folder)
    return pid === undefined ? undefined : Number(pid)
  } catch (error) {
    if (isOneOf(error, ['ENOENT'])) return undefined
    throw error
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return isOneOf(error, ['EPERM'])
  }
}

/**
 * @param {unknown} error
 * @param {readonly string[]} codes
 */
function isOneOf(error, codes) {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code))
}
