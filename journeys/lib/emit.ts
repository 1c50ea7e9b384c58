import exec from 'k6/execution'
import { Counter } from 'k6/metrics'
import { encodeSample } from '../../generators/sample-codec.ts'
import type { Sample } from '../../model/sample.ts'

const counter = new Counter('collaudo')
let sequence = 0

/** Sends a sample to the collector: as metadata of one increment, so it never becomes a label. */
export const emit = (sample: Sample): void => {
  const { metadata } = exec.vu.metrics
  metadata.c = encodeSample({ actor: exec.vu.idInTest, sequence: sequence++ }, sample)
  counter.add(1)
  delete metadata.c
}
