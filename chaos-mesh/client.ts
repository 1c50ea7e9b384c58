import { randomUUID } from 'node:crypto'
import type { Connection } from './api/connection.ts'
import { type Address, type Choice, Objects, type Reference } from './api/objects.ts'
import { ChaosMeshError, invalidManifest } from './chaos-mesh-error.ts'
import { type Clock, systemClock } from './clock.ts'
import type { Context, Limits } from './context.ts'
import { create } from './create.ts'
import type { ExperimentKind, Kind } from './kinds.ts'
import type { Manifest, SafeExperiment, Schedule } from './manifest.ts'
import { type Pause, pause, resume } from './pause.ts'
import { problemsOf } from './problems-of.ts'
import { type CleanUp, type CleanUpLimits, cleanUp } from './recovery/clean-up.ts'
import { type CleanedUp, cleanUpSchedule } from './recovery/clean-up-schedule.ts'
import { type Sweep, type SweepLimits, sweep } from './recovery/sweep.ts'
import { type ClockOffset, type FaultWindow, faultWindow } from './status/fault-window.ts'
import type { Observed } from './status/observed.ts'
import type { End } from './waiting/end.ts'
import { type EndLimits, waitForEnd } from './waiting/wait-for-end.ts'
import { type Injection, type InjectionLimits, waitForInjected } from './waiting/wait-for-injected.ts'
import { follow, type Sighting } from './watch/follow.ts'

const createWithinMs = 20_000

/**
 * Experiments of Chaos Mesh on one cluster. Every method throws ChaosMeshErrors only; what an experiment does not do (be injected, recover) is a
 * result. Close it in the end: it keeps a connection.
 */
export class ChaosMeshClient {
  readonly #connection: Connection
  readonly #context: Context
  readonly #newId: () => string

  constructor(connection: Connection, clock: Clock = systemClock, newId: () => string = randomUUID) {
    this.#connection = connection
    this.#context = { objects: new Objects(connection), clock }
    this.#newId = newId
  }

  /** Puts a manifest before the API server and the webhooks, without making it; resolves to it with their defaults. */
  dryRun(manifest: Manifest, signal?: AbortSignal): Promise<Observed> {
    const problems = problemsOf(manifest)
    if (problems.length > 0) return Promise.reject(invalidManifest(manifest.metadata.name, problems))
    return this.#context.objects.create(manifest, true, signal)
  }

  /** Makes an experiment, which has a duration or happens once: so it ends when everybody who made it is gone. */
  create(experiment: SafeExperiment, limits: Partial<Limits> = {}): Promise<Reference<ExperimentKind>> {
    return create(experiment, this.#context, { withinMs: createWithinMs, ...limits, createId: this.#newId() })
  }

  /** Makes a Schedule. What it makes has an end; the Schedule itself goes on until somebody deletes it. */
  createSchedule(schedule: Schedule, limits: Partial<Limits> = {}): Promise<Reference<'Schedule'>> {
    return create(schedule, this.#context, { withinMs: createWithinMs, ...limits, createId: this.#newId() })
  }

  /** The object as it is now. */
  get(address: Address, signal?: AbortSignal): Promise<Observed> {
    return this.#context.objects.get(address, signal)
  }

  /** All objects of a kind that are chosen. */
  async list(kind: Kind, choice: Choice, signal?: AbortSignal): Promise<readonly Observed[]> {
    return (await this.#context.objects.list(kind, choice, signal)).objects
  }

  /** Every state of an object that can be seen, until it is gone or the signal ends it, whatever happens to connections and server. */
  follow(reference: Reference, signal: AbortSignal): AsyncGenerator<Sighting, undefined> {
    return follow(reference, { ...this.#context, signal })
  }

  /** Waits until every target is hit, and says why when they are not. */
  waitForInjected(reference: Reference<ExperimentKind>, limits: InjectionLimits): Promise<Injection> {
    return waitForInjected(reference, this.#context, limits)
  }

  /** Waits until every target that was hit is recovered, and says which are not and why. */
  waitForEnd(reference: Reference<ExperimentKind>, limits: EndLimits): Promise<End> {
    return waitForEnd(reference, this.#context, limits)
  }

  /** When the fault was there, on our clock; undefined when it never was. Throws `unreachable` before the first answer of the server. */
  faultWindow(object: Observed): FaultWindow | undefined {
    return faultWindow(object, this.clockOffset())
  }

  /** How far the server's clock is ahead of ours, narrowed by every answer. Throws `unreachable` before the first. */
  clockOffset(): ClockOffset {
    const offset = this.#connection.clockOffset()
    if (offset !== undefined) return offset
    throw new ChaosMeshError('unreachable', 'expected an answer with a date, got none yet', {
      hint: 'ask for an object',
    })
  }

  /** Recovers the targets and keeps the experiment. Its duration goes on meanwhile. */
  pause(reference: Reference<ExperimentKind>, limits: Limits): Promise<Pause> {
    return pause(reference, this.#context, limits)
  }

  /** Lets a paused experiment go on. */
  resume(reference: Reference<ExperimentKind>, limits: Limits): Promise<void> {
    return resume(reference, this.#context, limits)
  }

  /** Asks for the deletion, and does not wait for it: `cleanUp` does. */
  delete(reference: Reference, signal?: AbortSignal): Promise<void> {
    return this.#context.objects.delete(reference, signal)
  }

  /** Ends an experiment in stages, and says what has not recovered and why. */
  cleanUp(reference: Reference<ExperimentKind>, limits: CleanUpLimits): Promise<CleanUp> {
    return cleanUp(reference, this.#context, limits)
  }

  /** Ends a Schedule and what it has made. */
  cleanUpSchedule(reference: Reference<'Schedule'>, limits: CleanUpLimits): Promise<readonly CleanedUp[]> {
    return cleanUpSchedule(reference, this.#context, limits)
  }

  /** Ends everything that has these labels, whoever has made it. */
  sweep(limits: SweepLimits): Promise<Sweep> {
    return sweep(this.#context, limits)
  }

  /** Closes every connection. */
  close(): void {
    this.#connection.close()
  }
}
