import type { DeepReadonly } from './deep-readonly.ts'
import type { apiVersion, ExperimentKind } from './kinds.ts'
import type { DNSChaosSpec } from './schemas/dns-chaos.ts'
import type { IOChaosSpec } from './schemas/io-chaos.ts'
import type { NetworkChaosSpec } from './schemas/network-chaos.ts'
import type { OneShotPodChaosSpec, PodChaosSpec } from './schemas/pod-chaos.ts'
import type { StressChaosSpec } from './schemas/stress-chaos.ts'
import type { TimeChaosSpec } from './schemas/time-chaos.ts'

/** What an object is called, and what it can be found by. Names are given, never generated: they must be known before it is made. */
export interface Metadata {
  readonly name: string
  readonly namespace: string
  readonly labels?: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
}

interface Object<K extends string, Spec> {
  readonly apiVersion: typeof apiVersion
  readonly kind: K
  readonly metadata: Metadata
  readonly spec: DeepReadonly<Spec>
}

interface Specs {
  PodChaos: PodChaosSpec
  NetworkChaos: NetworkChaosSpec
  StressChaos: StressChaosSpec
  IOChaos: IOChaosSpec
  DNSChaos: DNSChaosSpec
  TimeChaos: TimeChaosSpec
}

/** The manifest of an experiment of one kind. */
export type Experiment<K extends ExperimentKind = ExperimentKind> = { [Each in K]: Object<Each, Specs[Each]> }[K]

/** An experiment that happens once and has no end: pod-kill and container-kill. */
export type OneShotExperiment = Object<'PodChaos', OneShotPodChaosSpec>

/** Whatever ends an experiment when everybody who made it is gone. */
export interface DeadMansSwitch {
  readonly duration: string
}

type Lasting<K extends ExperimentKind> = {
  [Each in K]: Object<Each, Exclude<Specs[Each], OneShotPodChaosSpec> & DeadMansSwitch>
}[K]

/** What may be created: with a duration, or over at once. */
export type SafeExperiment<K extends ExperimentKind = ExperimentKind> =
  | Lasting<K>
  | ('PodChaos' extends K ? OneShotExperiment : never)

/** What a Schedule makes, under the name that its kind has there. */
export interface ScheduleSpec {
  readonly schedule: string
  readonly type: ExperimentKind
  readonly concurrencyPolicy?: 'Forbid' | 'Allow'
  readonly historyLimit?: number
  readonly startingDeadlineSeconds?: number | null
  readonly podChaos?: PodChaosSpec
  readonly networkChaos?: NetworkChaosSpec
  readonly stressChaos?: StressChaosSpec
  readonly ioChaos?: IOChaosSpec
  readonly dnsChaos?: DNSChaosSpec
  readonly timeChaos?: TimeChaosSpec
}

/** Makes the same experiment again and again. Nothing ends it by itself. */
export type Schedule = Object<'Schedule', ScheduleSpec>

/** Everything that this client can make. */
export type Manifest = Experiment | Schedule
