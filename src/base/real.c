#include "real.h"

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

/* ln 2 in two parts: the first has 32 bits, so that a product with an exponent is exact. */
#define LN2_HI 0x1.62e42fee00000p-1
#define LN2_LO 0x1.a39ef35793c76p-33
/* Added to a number of size below 2^51, it rounds it to an integer. */
#define ROUND 0x1.8p+52

static double nearest(double x) { return (x + ROUND) - ROUND; }

/* 2^n for a normal result */
static double power_of_two(int n) {
  const uint64_t bits = (uint64_t)(n + 1023) << 52;
  double out;
  memcpy(&out, &bits, sizeof out);
  return out;
}

/* x = n ln 2 + r, |r| <= ln 2 / 2 (Cody and Waite); gives e^r - 1 by its series, whose next term is below
 * 1e-17 of it. */
static double expm1_reduced(double x, int *n) {
  const double whole = nearest(x * 0x1.71547652b82fep+0);
  const double r = (x - whole * LN2_HI) - whole * LN2_LO;
  double q = 0;
  for (int k = 14; k >= 2; k--) q = (q * r + 1) / k;
  *n = (int)whole;
  return r + r * (r * q);
}

double ur__exp(double x) {
  int n;
  if (!(x > -708.3964185322641)) return x < 0 ? 0 : x; /* x itself where it is NaN */
  if (x > 709.782712893384) return INFINITY;
  const double p = 1 + expm1_reduced(x, &n);
  return n > 1023 ? p * 2 * power_of_two(n - 1) : p * power_of_two(n);
}

double ur__log(double x) {
  int64_t bits;
  double down = 0;
  if (!(x > 0)) return x < 0 ? NAN : x == 0 ? -INFINITY : x;
  if (x > DBL_MAX) return x;
  if (x < DBL_MIN) {
    x *= 0x1p54;
    down = 54;
  }
  /* x = m 2^e, sqrt(1/2) <= m < sqrt 2 */
  memcpy(&bits, &x, sizeof bits);
  const int64_t away = bits - INT64_C(0x3fe6a09e667f3bcd),
                e = away >= 0 ? away >> 52 : -((-away + 0xfffffffffffff) >> 52);
  bits -= e * (INT64_C(1) << 52);
  double m;
  memcpy(&m, &bits, sizeof m);
  /* log m = 2 artanh f, f = (m - 1) / (m + 1) */
  const double f = (m - 1) / (m + 1), s = f * f, whole = (double)e - down;
  double q = 0;
  for (int k = 23; k >= 3; k -= 2) q = q * s + 1.0 / k;
  return whole * LN2_HI + (2 * f + (2 * f * (s * q) + whole * LN2_LO));
}

double ur__tanh(double x) {
  /* tanh |x| = t / (t + 2), t = e^(2|x|) - 1: no digits are lost near 0 */
  const double a = fabs(x);
  int n;
  if (!(a < 20)) return a >= 20 ? (x > 0 ? 1 : -1) : x;
  const double p = expm1_reduced(2 * a, &n), scale = power_of_two(n), t = p * scale + (scale - 1);
  return x < 0 ? -(t / (t + 2)) : t / (t + 2);
}

double ur__sigmoid(double x) {
  const double e = ur__exp(-fabs(x));
  return (x < 0 ? e : 1) / (1 + e);
}

double ur__sin_turns(double x) {
  const double quarters = nearest(4 * x), rest = x - quarters / 4; /* both exact */
  const double a = rest * 6.283185307179586, s = a * a;
  const int quadrant = (int)(quarters - 4 * nearest(quarters / 4 - 0.375)); /* 0 to 3 */
  double sine = 0, cosine = 0;
  for (int k = 18; k >= 2; k -= 2) {
    sine = (1 - sine) * s / (k * (k + 1));
    cosine = (1 - cosine) * s / (k * (k - 1));
  }
  sine = a * (1 - sine);
  cosine = 1 - cosine;
  return quadrant == 0 ? sine : quadrant == 1 ? cosine : quadrant == 2 ? 0 - sine : -cosine;
}
