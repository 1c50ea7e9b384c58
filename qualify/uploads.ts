import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { k6Path } from '../cli/k6-path.ts'
import { authorizer } from '../clients/token.ts'
import { patientId } from '../generators/fhir/naming.ts'
import { StowBody, stowContentType } from '../generators/imaging/stow-body.ts'
import { type Study, studyOf } from '../generators/imaging/study.ts'
import { runDigits } from '../generators/imaging/uids.ts'
import type { ImageSize } from '../model/plan.ts'
import type { Integrity } from '../model/run-record.ts'
import type { DrawnPlan } from '../planner/drawn-plan.ts'
import { drawPlan } from '../planner/plan.ts'
import { writeRunFolder } from '../planner/run-folder.ts'
import { ExpectedImages } from '../results/expected-images.ts'
import { readLedger } from '../results/ledger.ts'
import { reconcile } from '../results/reconcile.ts'
import { k6Environment } from '../runner/k6-environment.ts'
import { runLoad } from '../runner/load.ts'
import { type OpenTarget, openTarget } from '../runner/open-target.ts'
import { isEmbedded, readTarget } from '../runner/read-target.ts'
import { imagingDay } from '../scenarios/imaging-day.ts'
import { k6Processes, memoryOf } from './memory.ts'
import type { Figure, Proof } from './proof.ts'

const { signal } = new AbortController()
const seed = 1

/** So many studies that come at once to so few devices; `isWanted` chooses among those that are drawn. */
interface Uploading {
  readonly studies: number
  readonly devices: number
  readonly size: ImageSize
  readonly isWanted: (study: Study) => boolean
}

const plannedUploads = ({ studies, devices, size, isWanted }: Uploading): DrawnPlan => {
  const [modalities] = imagingDay.streams.map((spec) => ({
    ...spec,
    pool: { kind: 'staff' as const, people: devices },
  }))
  if (!modalities) throw new Error('expected a stream of the imaging day, got none')
  const scenario = { ...imagingDay, streams: [modalities], warmUpMs: 0, drainCapMs: 600_000 }
  const slice = { day: 'weekday', fromMs: 3.6e7, toMs: 3.6e7 + 60_000, fullVolume: false, scale: { '*': 20 } }
  const drawn = drawPlan({ scenario, slice, seed, fiscalCodes: 'marked', imageSize: size })
  const streams = drawn.streams.map((stream) => {
    const chosen = stream.timetable.rows
      .map((row, number) => ({ row: { ...row, dueMs: 0 }, subject: stream.subjects[number] }))
      .filter(({ row }) => row.step === 'store' && isWanted(studyOf({ seed: row.seed, nth: 0 }, size)))
      .slice(0, studies)
    return {
      ...stream,
      timetable: { ...stream.timetable, rows: chosen.map(({ row }) => row) },
      subjects: chosen.flatMap(({ subject }) => subject ?? []),
    }
  })
  return { ...drawn, streams }
}

/** A twin of the image archive on the disk of this machine, and a folder; both go when the work is done. */
const withArchive = async <T>(work: (open: OpenTarget, dir: string) => Promise<T>): Promise<T> => {
  const dir = await mkdtemp(join(tmpdir(), 'collaudo-uploads-'))
  const target = await readTarget('embedded')
  if (!isEmbedded(target)) throw new Error('expected the embedded target')
  const open = await openTarget(target, { systems: ['imaging'], env: {}, defects: [], dataDir: join(dir, 'twin') })
  try {
    return await work(open, dir)
  } finally {
    await open.close()
    await rm(dir, { recursive: true, force: true })
  }
}

interface Uploaded {
  readonly seconds: number
  readonly peakBytes: number
  readonly integrity: Integrity
}

/** What the load generator comes to; its journeys do not pause. */
const uploadByK6 = async (
  open: OpenTarget,
  drawn: DrawnPlan,
  of: { dir: string; namespace: string },
): Promise<Uploaded> => {
  const dir = join(of.dir, of.namespace)
  await writeRunFolder(dir, drawn)
  let peakBytes = 0
  const watch = setInterval(() => {
    for (const pid of k6Processes()) peakBytes = Math.max(peakBytes, memoryOf(pid, 'VmHWM'))
  }, 50)
  const { collected } = await runLoad({
    k6: k6Path(process.env),
    dir,
    plan: drawn.plan,
    rowsPerStream: Object.fromEntries(
      drawn.streams.map(({ planned, timetable }) => [planned.name, timetable.rows.length]),
    ),
    env: { ...k6Environment(open, of.namespace), COLLAUDO_PAUSES: '0' },
    signal,
    onLive: () => {},
  })
  clearInterval(watch)
  let endedMs = 0
  for await (const { writes } of readLedger(dir)) endedMs = Math.max(endedMs, ...writes.map(({ atMs }) => atMs))
  const integrity = await reconcile({
    ledger: readLedger(dir),
    clients: {},
    images: {
      client: open.clients(signal).images,
      expected: new ExpectedImages(dir),
      size: drawn.plan.imageSize ?? 'full',
    },
    t0UnixMs: collected.t0UnixMs ?? 0,
    consistencyWithinMs: 0,
    clock: { now: Date.now, sleep: async () => {} },
    signal,
    limitMs: 600_000,
  })
  return { seconds: endedMs / 1000, peakBytes, integrity }
}

/** The same images of another run, body after body over one connection by curl; seconds. */
const uploadByCurl = async (
  open: OpenTarget,
  drawn: DrawnPlan,
  of: { dir: string; namespace: string },
): Promise<number> => {
  const dir = join(of.dir, of.namespace)
  await writeRunFolder(dir, drawn)
  const bodies = await writeBodies(drawn, { dir, namespace: of.namespace })
  const headers = await authorizer(open.target.auth, open.secrets, { now: Date.now })()
  const url = `${open.target.systems.imaging?.baseUrl}/studies`
  const config = join(dir, 'curl.conf')
  const requests = bodies.map((file) =>
    [
      `url = "${url}"`,
      `data-binary = "@${file}"`,
      `header = "Content-Type: ${stowContentType.replaceAll('"', '\\"')}"`,
      `header = "Authorization: ${headers['authorization']}"`,
      'header = "Expect:"',
      'output = "/dev/null"',
    ].join('\n'),
  )
  await writeFile(config, requests.join('\nnext\n'))
  const startedMs = performance.now()
  await promisify(execFile)('curl', ['--silent', '--fail', '--config', config])
  return (performance.now() - startedMs) / 1000
}

/** The body of each request, in a file of its own. */
const writeBodies = async (drawn: DrawnPlan, of: { dir: string; namespace: string }): Promise<readonly string[]> => {
  const expected = new ExpectedImages(of.dir)
  const run = runDigits(of.namespace)
  const files: string[] = []
  for (const { timetable, subjects } of drawn.streams) {
    for (const [row, { seed: rowSeed }] of timetable.rows.entries()) {
      const { kind, instances } = studyOf({ seed: rowSeed, nth: 0 }, drawn.plan.imageSize ?? 'full')
      const template = expected.template(kind.modality)
      const body = new StowBody(template)
      body.takeTemplate(expected.bytesOf(template), 0)
      body.spread()
      const subject = subjects[row]
      const patient = patientId(seed, subject?.kind === 'images' ? subject.person.index : 0)
      for (let first = 0; first < instances; first += kind.perRequest) {
        const file = join(of.dir, `body-${files.length}`)
        const study = { run, stream: 0, row, nth: 0, seed: rowSeed }
        await writeFile(file, body.of({ study, patient, first, count: Math.min(kind.perRequest, instances - first) }))
        files.push(file)
      }
    }
  }
  return files
}

const isSound = ({ complete, lost, corrupted, acknowledged, intended }: Integrity): boolean =>
  complete && lost === 0 && corrupted === 0 && acknowledged === intended

/** k6 and curl in turn, so that what else the machine does meets both. */
const beside = (): Promise<Figure> =>
  withArchive(async (open, dir) => {
    const drawn = plannedUploads({
      studies: 20,
      devices: 1,
      size: 'full',
      isWanted: ({ kind }) => kind.modality !== 'XA',
    })
    let [k6Seconds, curlSeconds, verified] = [0, 0, 0]
    let areSound = true
    // One, the other, the other, the one: what the disk still has to write falls on both.
    for (const [turn, by] of ['k6', 'curl', 'curl', 'k6'].entries()) {
      const of = { dir, namespace: `${by}-${turn}` }
      if (by === 'curl') {
        curlSeconds += await uploadByCurl(open, drawn, of)
        continue
      }
      const { seconds, integrity } = await uploadByK6(open, drawn, of)
      k6Seconds += seconds
      verified += integrity.verified
      areSound &&= isSound(integrity)
    }
    const megabytes =
      (2 * (drawn.streams[0]?.timetable.rows ?? []).reduce((sum, { seed: of }) => sum + bytesOf(of), 0)) / 1e6
    const ratio = curlSeconds / k6Seconds
    return {
      figure: `k6 ${(megabytes / k6Seconds).toFixed(0)} MB/s, curl ${(megabytes / curlSeconds).toFixed(0)} MB/s over one connection to the same archive: ${ratio.toFixed(2)}; ${verified} requests of images read back bit for bit`,
      ok: ratio >= 0.9 && areSound,
    }
  })

const bytesOf = (rowSeed: number): number => {
  const { kind, instances } = studyOf({ seed: rowSeed, nth: 0 }, 'full')
  return instances * kind.rows * kind.columns * kind.bytesPerPixel * kind.frames
}

/** Mammographies: every body has 20 MB. */
const isMammography = ({ kind }: Study): boolean => kind.modality === 'MG'
const bodyBytes = 19.7e6
const devices = 5

const memoryOfBodies = (): Promise<Figure> =>
  withArchive(async (open, dir) => {
    const uploads = { studies: 20, devices, isWanted: isMammography }
    const small = await uploadByK6(open, plannedUploads({ ...uploads, size: 'small' }), { dir, namespace: 'small' })
    const full = await uploadByK6(open, plannedUploads({ ...uploads, size: 'full' }), { dir, namespace: 'full' })
    const ratio = (full.peakBytes - small.peakBytes) / (devices * bodyBytes)
    const inMegabytes = (bytes: number) => (bytes / 1e6).toFixed(0)
    return {
      figure: `${devices} devices at once send bodies of 19.7 MB: ${inMegabytes(full.peakBytes)} MB at most, ${inMegabytes(small.peakBytes)} with small images: ${ratio.toFixed(1)} times the body each`,
      ok: ratio <= 4 && isSound(full.integrity),
    }
  })

/** Images go out as fast as curl sends them, and k6 keeps few copies of them. */
export const uploads: Proof = {
  name: 'uploads',
  cases: [
    { name: 'k6 beside curl', limit: '≥ 0.9 of curl sending the same bytes', run: beside },
    { name: 'memory', limit: '≤ 4 × the body for each upload at a time', run: memoryOfBodies },
  ],
}
