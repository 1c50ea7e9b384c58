import type { SystemFlow } from '../../model/capacity-record.ts'

/** Assumption: ten times what gates usually let pass. */
const mostFailedRatio = 0.01

/** Whether a system fails so many requests that it has broken. */
export const isFailing = ({ failedRatio }: Pick<SystemFlow, 'failedRatio'>): boolean => failedRatio > mostFailedRatio
