import type { Hono } from 'hono'
import type { Database } from '../store/database.ts'

/** A system as it is served: what lies below its base is for bearers of a token. */
export interface Service {
  readonly name: string
  /** Path of its base: `/fhir`, `/dicom-web`. */
  readonly base: string
  readonly routes: Hono
  /** Larger bodies are refused. */
  readonly maxBodyBytes: number
  /** A label of few values for a path below the base. */
  routeOf(path: string): string
  /** Paths that need no token. */
  isOpen?(path: string): boolean
  /** Whether somebody without a valid token is let in. */
  letsIn?(): boolean
  /** How long a request is held back before anything is done about it. */
  delayMs?(method: string, path: string): number
  /** What it keeps its data in. */
  readonly database: Database
}
