import { createWriteStream } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { walkedPlan } from '../generators/walked-plan.ts'
import type { Row } from '../model/row.ts'
import { bundleScript } from './bundle-script.ts'
import type { DrawnPlan, DrawnStream } from './drawn-plan.ts'
import type { Booker, Subject } from './subject.ts'

/**
 * Writes a plan into a folder that plain `k6 run DIR/script.js` accepts: plan.json last, since a folder with it is complete.
 * No date and no path goes in: the same plan gives the same bytes.
 */
export const writeRunFolder = async (dir: string, drawn: DrawnPlan): Promise<void> => {
  await mkdir(dir, { recursive: true })
  await writeFile(join(dir, 'script.js'), await bundleScript())
  for (const stream of drawn.streams) {
    const { name } = stream.planned
    await writeLines(join(dir, `timetable-${name}.tsv`), timetableLines(stream))
    await writeLines(join(dir, `subjects-${name}.tsv`), subjectLines(stream))
    await writeLines(join(dir, `patients-${name}.ndjson`), patientLines(stream))
  }
  await writeLines(join(dir, 'agendas.ndjson'), agendaLines(drawn))
  const { imageSize, seed } = drawn.plan
  if (imageSize) await (await import('./image-templates.ts')).writeImageTemplates(dir, { size: imageSize, seed })
  await writeFile(join(dir, 'journeys.json'), `${JSON.stringify(walkedPlan(drawn.plan))}\n`)
  await writeFile(join(dir, 'plan.json'), `${JSON.stringify(drawn.plan, null, 2)}\n`)
}

const writeLines = (file: string, lines: Iterable<string>): Promise<void> =>
  pipeline(Readable.from(blocks(lines)), createWriteStream(file))

/** Lines in blocks, because a stream chunk per line costs more than the line. */
function* blocks(lines: Iterable<string>): Generator<string> {
  let block = ''
  for (const line of lines) {
    block += `${line}\n`
    if (block.length > 65_536) {
      yield block
      block = ''
    }
  }
  if (block !== '') yield block
}

function* timetableLines({ timetable }: DrawnStream): Generator<string> {
  for (const row of timetable.rows) yield timetableLine(row)
}

const timetableLine = ({ dueMs, journey, step, subject, seed }: Row): string =>
  [dueMs.toFixed(3), journey, step, subject, seed].join('\t')

/** What an actor needs of a row's subject: patient, codice fiscale, NRE, service, priority, visit, agenda, slot, area, whether the ticket is due, items. */
function* subjectLines({ subjects }: DrawnStream): Generator<string> {
  for (const subject of subjects) yield subject.kind === 'booking' ? bookerLine(subject) : patientLine(subject)
}

/** Of everybody else: the first two, and of a study that is moved or fetched the stream and the row that have stored it. */
const patientLine = (subject: Exclude<Subject, Booker>): string => {
  if (subject.kind === 'onlooker') return nobody
  const { person } = subject
  const storedBy = subject.kind === 'images' ? subject.storedBy : undefined
  return [person.index, person.fiscalCode, ...(storedBy ? [storedBy.stream, storedBy.row] : [])].join('\t')
}

/** A line that is empty would be none. */
const nobody = '-'

const bookerLine = ({ person, prescription, place }: Booker): string =>
  [
    person.index,
    person.fiscalCode,
    prescription.nre,
    prescription.service,
    prescription.priority,
    prescription.visit,
    place?.agenda ?? '',
    place?.slot ?? '',
    person.asl,
    prescription.exemption === '' ? 1 : 0,
    prescription.items,
  ].join('\t')

function* patientLines({ subjects }: DrawnStream): Generator<string> {
  for (const subject of subjects) yield JSON.stringify(subject satisfies Subject)
}

function* agendaLines({ agendas }: DrawnPlan): Generator<string> {
  for (const agenda of agendas) yield JSON.stringify(agenda)
}
