import type { Slice } from '../model/plan.ts';
import type { Scenario } from '../model/scenario.ts';
export interface OneStream {
    readonly stream: 'phone' | 'web' | 'counter';
    readonly rowsPerSecond: number;
    readonly seconds: number;
    readonly actors: number;
}
/** One stream of the ReCUP day alone, at a mean rate. The rate is set by the scale: everything else is what a real run does. */
export declare const oneStream: ({ stream, rowsPerSecond, seconds, actors }: OneStream) => {
    readonly scenario: Scenario;
    readonly slice: Slice;
};
