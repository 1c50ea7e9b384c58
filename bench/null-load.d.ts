import type { Slice } from '../model/plan.ts';
import type { Scenario } from '../model/scenario.ts';
import { type Loaded } from '../runner/load.ts';
import { type Interference, type NullServer } from './null-server.ts';
export interface NullLoad extends Loaded {
    readonly planned: number;
    readonly requests: number;
    /** Wall time of k6, start and end included. */
    readonly seconds: number;
}
export interface NullLoadRequest {
    readonly k6: string;
    readonly scenario: Scenario;
    readonly slice: Slice;
    /** Whether people think between steps. */
    readonly hasPauses: boolean;
    /** What happens to the server meanwhile. */
    readonly during?: (server: NullServer) => void;
    readonly interfere?: Interference;
    readonly requestTimeoutMs?: number;
    /** Sees the run folder before it goes. */
    readonly inspect?: (dir: string) => Promise<void>;
}
/** Drives a scenario's rows through k6 against a server that does nothing; what is measured is the load generator. */
export declare const nullLoad: (request: NullLoadRequest) => Promise<NullLoad>;
