/**
 * A server that answers what the journeys ask and keeps nothing: what is left is the cost of the load generator.
 */
export interface NullServer {
    readonly baseUrl: string;
    readonly requests: () => number;
    /** After so many requests it holds every answer for so long, once. */
    stallAfter(stall: {
        requests: number;
        durationMs: number;
    }): void;
    close(): Promise<void>;
}
/** What a test puts in the place of an answer; undefined leaves it as it is. */
export type Interference = (method: string, url: string) => {
    status: number;
    body: string;
    type: string;
} | 'reset' | 'hang' | undefined;
export declare const startNullServer: (interfere?: Interference) => Promise<NullServer>;
