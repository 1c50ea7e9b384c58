import type { Split } from '../../model/split.ts'
import { k6Settings } from '../k6-process.ts'

/** What k6 is given: settings, and the names of the variables that hold secrets and stay on the machine. */
export interface PartEnvironment {
  readonly env: Readonly<Record<string, string>>
  readonly secretNames: readonly string[]
}

/** `part.sh N`: one part, on any machine that has the folder and a k6. */
export const partScript = (split: Split, { env, secretNames }: PartEnvironment): string => {
  const { id, parts, provenance, zeroUnixMs, endsUnixMs } = split
  const settings = { ...k6Settings.env, ...env }
  return `#!/bin/sh
# One part of ${parts} of the load of ${id}: sh part.sh N, from 1 to ${parts}, each on a machine of its own, its clock kept by NTP.
# Start all of them before ${new Date(zeroUnixMs).toISOString()}: they wait for that instant, and end by ${new Date(endsUnixMs).toISOString()}.
# Needs k6 ${provenance.k6} (or its path in COLLAUDO_K6)${secretNames.length > 0 ? ` and, in the environment, ${secretNames.join(' and ')}` : ''}.
set -eu
part=\${1:-none}
case $part in
${Array.from({ length: parts }, (_, index) => `  ${index + 1}) segment=${bound(index, parts)}:${bound(index + 1, parts)} ;;`).join('\n')}
  *) echo "part.sh: expected the number of a part from 1 to ${parts}, got $part" >&2; exit 2 ;;
esac
${secretNames.map((name) => `: "\${${name}:?expected in the environment}"`).join('\n')}
cd "$(dirname "$0")"
${Object.entries(settings)
  .map(([name, value]) => `export ${name}=${quoted(value)}`)
  .join('\n')}
exec "\${COLLAUDO_K6:-k6}" run ${k6Settings.flags.map(quoted).join(' ')} --address= \\
  "--out=csv=results/part-$part.csv" "--execution-segment=$segment" \\
  --execution-segment-sequence=${Array.from({ length: parts + 1 }, (_, index) => bound(index, parts)).join(',')} \\
  load/script.js >"results/part-$part.log" 2>&1
`
}

const bound = (index: number, parts: number): string =>
  index === 0 ? '0' : index === parts ? '1' : `${index}/${parts}`

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`
