/** What is left between a forecast and the limit, as a part of the limit: 1 − forecast/limit. Negative: the forecast is beyond it. */
export const headroomRatio = (forecast: number, limit: number): number => 1 - forecast / limit
