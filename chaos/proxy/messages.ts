import { Failure, type FailureKind } from '../../model/failure.ts'
import type { LinkInjectionRequest, LinkSpec } from './link-spec.ts'

/** What the parent asks of the proxy process, over IPC. */
export type Command =
  | { readonly kind: 'open'; readonly link: LinkSpec }
  | { readonly kind: 'inject'; readonly injection: LinkInjectionRequest }
  | { readonly kind: 'restore'; readonly id: string }
  | { readonly kind: 'counts' }

export interface Asked {
  readonly number: number
  readonly command: Command
}

/** An error as it crosses processes. */
export interface Refusal {
  readonly message: string
  /** Of a `Failure`. */
  readonly failure?: { readonly kind: FailureKind; readonly hint: string }
}

export type Answered =
  | { readonly number: number; readonly value: unknown }
  | { readonly number: number; readonly refusal: Refusal }

export const refusalOf = (error: unknown): Refusal => {
  if (error instanceof Failure) return { message: error.message, failure: { kind: error.kind, hint: error.hint } }
  return { message: error instanceof Error ? error.message : String(error) }
}

export const errorOf = ({ message, failure }: Refusal): Error =>
  failure === undefined ? new Error(message) : new Failure(failure.kind, message, failure.hint)
