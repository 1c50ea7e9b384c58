import type { Split } from '../../../model/split.ts'

/** A split into four. */
export const split: Split = {
  schemaVersion: 1,
  id: 'r20270131-210000-000',
  parts: 4,
  fingerprint: 'a1b2c3d4e5f6a7b8',
  target: 'staging',
  namespace: 'r20270131-210000-000',
  startedAt: '2027-01-31T20:50:00.000Z',
  zeroUnixMs: Date.UTC(2027, 0, 31, 21),
  endsUnixMs: Date.UTC(2027, 0, 31, 22),
  provenance: {
    ...{ collaudo: '0.1.0', k6: 'v2.2.0', node: 'v24.21.0', commit: '' },
    host: { cpus: 2, memoryBytes: 1, platform: 'linux' },
    commandLine: 'npx collaudo split recup-day --parts 4',
    targetVersions: {},
  },
}
