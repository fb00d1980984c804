#include "unroll/rng.h"

#include "hash.h"

#include <math.h>
#include <string.h>

static uint64_t splitmix(uint64_t *state) {
  uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
  z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
  z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
  return z ^ z >> 31;
}

ur_rng ur_rng_stream(uint64_t seed, const char *name, uint64_t index) {
  /* Each of the three goes through the mixer before the next comes in, so that (seed, index) and
   * (seed + 1, index - 1) have nothing in common. */
  uint64_t state = seed;
  state = splitmix(&state) ^ ur__fnv1a(UR__FNV_START, name, strlen(name));
  state = splitmix(&state) ^ index;
  ur_rng rng;
  for (int i = 0; i < 4; i++) rng.s[i] = splitmix(&state);
  return rng;
}

static uint64_t rotate(uint64_t x, int by) { return x << by | x >> (64 - by); }

uint64_t ur_rng_u64(ur_rng *rng) {
  uint64_t *s = rng->s, result = rotate(s[1] * 5, 7) * 9, t = s[1] << 17;
  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= t;
  s[3] = rotate(s[3], 45);
  return result;
}

uint32_t ur_rng_below(ur_rng *rng, uint32_t n) {
  /* The top of the range that is no multiple of n is thrown away. */
  uint32_t reject = (0u - n) % n;
  for (;;) {
    uint32_t x = (uint32_t)(ur_rng_u64(rng) >> 32);
    if (x >= reject) return x % n;
  }
}

float ur_rng_uniform(ur_rng *rng) { return (float)(ur_rng_u64(rng) >> 40) * 0x1p-24f; }

/* log x for 0 < x <= 1, normal: x = m 2^e, sqrt(1/2) <= m < sqrt(2), log m = 2 artanh((m-1)/(m+1)) as its
 * series. */
static double log_unit(double x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  int e = (int)(bits >> 52) - 1023;
  bits = (bits & UINT64_C(0xfffffffffffff)) | UINT64_C(0x3ff0000000000000);
  double m;
  memcpy(&m, &bits, sizeof m);
  if (m > 1.4142135623730951) {
    m *= 0.5;
    e++;
  }
  double r = (m - 1) / (m + 1), r2 = r * r, sum = 0;
  for (int k = 21; k >= 1; k -= 2) sum = sum * r2 + 1.0 / k;
  return e * 0.69314718055994531 + 2 * r * sum;
}

float ur_rng_normal(ur_rng *rng) {
  for (;;) {
    double u = 2.0 * ur_rng_uniform(rng) - 1, v = 2.0 * ur_rng_uniform(rng) - 1, s = u * u + v * v;
    if (s > 0 && s < 1) return (float)u * sqrtf((float)(-2 * log_unit(s) / s));
  }
}
