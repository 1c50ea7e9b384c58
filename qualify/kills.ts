import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { brokenPromises } from '../results/judge.ts'
import { recordOf } from './collaudo.ts'
import type { Figure, Proof } from './proof.ts'

/** A minute of the Monday peak, five times over, so that writes are always under way. */
const busyMinute = ['recup-day', '--day', 'monday', '--from', '09:00', '--to', '09:01', '--scale', '5', '--out', 'run']

/** Kills k6 with -9 so long after its load has begun, found by its folder among the children of the run. */
const killK6After = (delayMs: number) => (child: ChildProcess, dir: string) => {
  child.stderr?.on('data', (chunk: Buffer) => {
    if (!String(chunk).includes('load  ')) return
    const finder = spawn('pgrep', ['-P', String(child.pid), '-f', 'run.*script.js'])
    finder.stdout.once('data', (pid: Buffer) =>
      setTimeout(() => process.kill(Number(String(pid).trim().split('\n')[0]), 'SIGKILL'), delayMs),
    )
    void dir
  })
}

/** Acknowledged writes in the ledger: what k6 could tell before it died. */
const acknowledgedIn = (dir: string): number =>
  gunzipSync(readFileSync(join(dir, 'ledger.ndjson.gz')))
    .toString()
    .split('\n')
    .filter((line) => line.includes('"acknowledged"')).length

const k6Killed = async (afterMs: number): Promise<Figure> => {
  let folder = ''
  const record = await recordOf(busyMinute, (child, dir) => {
    folder = join(dir, 'run')
    killK6After(afterMs)(child, dir)
  })
  const { acknowledged, unknown, lost, complete } = record.integrity
  return {
    figure: `${record.ended}, exit ${record.exitCode}: ${acknowledged} acknowledged (${acknowledgedIn(folder)} told), unknown ${unknown.landed} landed and ${unknown.absent} absent, lost ${lost}, broken promises ${brokenPromises(record.integrity)}`,
    ok:
      record.ended === 'crashed' &&
      record.exitCode === 6 &&
      brokenPromises(record.integrity) === 0 &&
      complete &&
      acknowledged <= acknowledgedIn(folder),
  }
}

/** A load generator that dies loses no booking and invents none. */
export const kills: Proof = {
  name: 'kill -9 of k6',
  cases: [3, 11, 17, 26, 38].map((seconds) => ({
    name: `after ${seconds} s`,
    limit: 'exit 6, nothing acknowledged called lost, nothing unknown called acknowledged',
    run: () => k6Killed(seconds * 1000),
  })),
}
