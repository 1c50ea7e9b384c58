import { type DefectKind, defectKinds } from '../model/defect.ts'
import type { RunRecord } from '../model/run-record.ts'
import { recordOf } from './collaudo.ts'
import type { Figure, Proof } from './proof.ts'

/** Nearly 5,000 operations, journeys under way at the start included; most of them bookings. */
const fiveThousand = [
  'recup-day',
  '--day',
  'weekday',
  '--from',
  '09:00',
  '--to',
  '09:01',
  '--scale',
  'phone=6,web=185,counter=6',
]

/** A minute of the Monday peak at twice its load. */
const mondayMinute = ['recup-day', '--day', 'monday', '--from', '09:00', '--to', '09:01', '--scale', '2']

/** Defects that spoil what is stored; a slow answer breaks gates, and no promise. */
const spoiling = (Object.keys(defectKinds) as DefectKind[]).filter((kind) => kind !== 'slow-search')

const findings = ({ integrity }: RunRecord): number =>
  integrity.lost + integrity.duplicated + integrity.doubleBooked + integrity.half + integrity.corrupted

const describe = (record: RunRecord): string => {
  const { lost, duplicated, doubleBooked, half, corrupted, examples, verified } = record.integrity
  const [example] = examples
  const named = example ? `; e.g. ${example.kind}: ${example.identifier}` : ''
  return `${record.verdict}: lost ${lost}, duplicated ${duplicated}, double-booked ${doubleBooked}, half ${half}, corrupted ${corrupted} of ${verified} writes in ${record.delivery.started} operations${named}`
}

const withDefect = async (kind: DefectKind): Promise<Figure> => {
  const record = await recordOf([...fiveThousand, '--defect', `${kind}=0.2%`])
  return {
    figure: describe(record),
    ok: findings(record) > 0 && record.verdict === 'fail' && record.integrity.examples.length > 0,
  }
}

const clean = async (seed: number): Promise<Figure> => {
  const record = await recordOf([...mondayMinute, '--seed', String(seed)])
  return {
    figure: describe(record),
    ok: findings(record) === 0 && record.integrity.complete && record.verdict === 'pass',
  }
}

/** Each defect is found at 0.2 % within 5,000 operations, and clean runs give no alarm. */
export const truth: Proof = {
  name: 'truth',
  cases: [
    ...spoiling.map((kind) => ({
      name: `${kind} at 0.2 %`,
      limit: 'found and named within 5,000 operations',
      run: () => withDefect(kind),
    })),
    ...Array.from({ length: 10 }, (_, index) => ({
      name: `clean run, seed ${index + 1}`,
      limit: 'no finding, and a pass',
      run: () => clean(index + 1),
    })),
  ],
}
