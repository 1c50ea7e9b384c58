import exec from 'k6/execution'
import { Counter } from 'k6/metrics'
import { encodeSample } from '../../generators/sample-codec.ts'
import type { Sample } from '../../model/sample.ts'

const counter = new Counter('collaudo')
/** Kept for the actor's life: k6 builds `exec.vu` anew at each look. Empty until the first sample, since init code has no VU. */
let vu: { readonly id: number; readonly metadata: Record<string, string | number | boolean> } | undefined
let sequence = 0

/** Sends a sample to the collector: as metadata of one increment, so it never becomes a label. */
export const emit = (sample: Sample): void => {
  vu ??= { id: exec.vu.idInTest, metadata: exec.vu.metrics.metadata }
  const { id, metadata } = vu
  metadata.c = encodeSample({ actor: id, sequence: sequence++ }, sample)
  counter.add(1)
  delete metadata.c
}
