import { type FaultKind, linkFaultKinds, storageFaultKinds } from './fault.ts'

/** What each kind of fault does, in a sentence. */
export const faultSummaries: Readonly<Record<FaultKind, string>> = {
  latency: 'answers come later, by a delay with jitter',
  partition: 'a black hole: nothing comes through and nothing is refused',
  reset: 'connections are reset, those that are there and every new one',
  bandwidth: 'so many bytes a second come through',
  slicing: 'bytes come in small pieces with pauses between them',
  'stall-and-reset': 'some connections stand still for a while and break, as on a line that loses packets',
  'http-error': 'requests are answered with an error, without asking the system',
  'slow-body': 'the body of an answer comes slowly',
  'truncated-body': 'the body of an answer breaks off in the middle',
  'altered-body': 'one bit of the body of an answer is another',
  'expired-certificate': 'new TLS connections are shown a certificate that has expired',
  'dns-failure': 'the name of a system is not resolved',
  kill: 'processes end at once; their platform starts them again',
  freeze: 'processes stand still and keep their connections',
  'rolling-restart': 'one process after the other ends at once, round and round',
  'cpu-pressure': 'a share of the processor time of a process goes to other work',
  'memory-pressure': 'so much memory of a process is taken',
  'clock-skew': 'the clock of a process is off',
  'read-only-storage': 'what is stored can be read and not written',
  'disk-full': 'what is stored can be read, and there is no room for more',
  'slow-storage': 'every commit and every read waits longer',
}

/** Every kind, in a fixed order. */
export const faultKinds = Object.keys(faultSummaries) as readonly FaultKind[]

/** Kinds of components that a fault can hit. */
export const reachOf = (kind: FaultKind): readonly string[] => {
  if (linkFaultKinds.some((one) => one === kind)) return ['system', 'replica', 'edge']
  return storageFaultKinds.some((one) => one === kind) ? ['store'] : ['system', 'replica']
}
