/**
 * Erlang B: the share of calls that find every operator busy and are turned away at once, with a load of a erlang (calls per time ×
 * mean handling time). By the recurrence 1 / B(n) = 1 + n / a · 1 / B(n − 1), B(0) = 1: it adds positive numbers only, where
 * aⁿ / n! overflows.
 */
export const erlangB = (loadErlang: number, operators: number): number => {
  let inverse = 1
  for (let n = 1; n <= operators; n++) inverse = 1 + (n / loadErlang) * inverse
  return 1 / inverse
}
