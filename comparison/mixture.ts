/*
 * The mixture of Robbins (Statistical methods related to the law of the iterated logarithm, Annals of Mathematical Statistics 41,
 * 1970), by which a sum may be tested after each observation. A difference that is estimated with the information I (1 / variance)
 * behaves like a Brownian motion at time I. The likelihood ratios of all differences against none, averaged over a normal
 * distribution of differences with the standard deviation `scale`, exceed 1 / error at any time with a probability of at most
 * `error` (Ville's inequality). With estimated variances it holds as samples grow: Johari, Koomen, Pekelis and Walsh, Always valid
 * inference, Operations Research 70, 2022; Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas, Time-uniform central limit theory and
 * asymptotic confidence sequences, Annals of Statistics 52, 2024.
 */

/**
 * The number of standard errors that an estimate stays within, at all looks together, with a probability of 1 - `error`.
 * `spread` is the information times the square of the scale; the bound is near its narrowest from 3 to 30.
 */
export function criticalValue(spread: number, error: number): number {
  return Math.sqrt(((1 + spread) / spread) * (Math.log1p(spread) - 2 * Math.log(error)));
}
