/* unroll/rng.h: random numbers with explicit state, and named streams of one seed.
 *
 * xoshiro256** (Blackman and Vigna 2018), seeded by SplitMix64 from (seed, name, index), so that
 * initialisation, data, dropout and sampling never disturb one another. Same numbers on every target. */
#ifndef UNROLL_RNG_H
#define UNROLL_RNG_H

#include <stdint.h>

typedef struct ur_rng {
  uint64_t s[4];
} ur_rng;

/* The stream called `name` ("init", "data", "dropout", "sampling") of this seed; index separates epochs or
 * steps. */
ur_rng ur_rng_stream(uint64_t seed, const char *name, uint64_t index);
uint64_t ur_rng_u64(ur_rng *rng);
uint32_t ur_rng_below(ur_rng *rng, uint32_t n); /* uniform in 0..n-1, unbiased; n >= 1 */
float ur_rng_uniform(ur_rng *rng);              /* [0,1), 24 bits */
float ur_rng_normal(ur_rng *rng);               /* N(0,1), Marsaglia's polar method, no libm but sqrtf */

#endif
