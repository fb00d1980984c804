/* simd/vecmath.h: exp, log, tanh and sigmoid of four lanes, from +, -, *, / and bit operations only, so that
 * every vocabulary gives the same bits.
 *
 * Float: the largest relative error is below 2.5e-7 wherever the right result is a normal number (the tests
 * measure it over the whole range). Elsewhere:
 *            exp      log      tanh    sigmoid
 *   -inf     0        NaN      -1      0
 *   +inf     inf      inf      1       1
 *   NaN      NaN      NaN      NaN     NaN
 *   0        1        -inf     the zero itself   1/2
 *   other    log of a negative number is NaN; log of a denormal is as exact as any other; exp and sigmoid
 * give 0 where the right result is below FLT_MIN (error at most FLT_MIN, 1.2e-38); tanh of a denormal is that
 * denormal. Double, for gradient checks, asks libm.
 *
 * Phi(x), the share of a normal distribution below x, has a relative error below 4e-7 wherever it is a normal
 * number, and is 0 below that; its density likewise. A NaN gives NaN. */
#ifndef UNROLL_SIMD_VECMATH_H
#define UNROLL_SIMD_VECMATH_H

#include "vec.h"

#ifdef UR_DOUBLE

UR_INLINE vec v_exp(vec x) {
  for (int i = 0; i < 4; i++) x.lane[i] = exp(x.lane[i]);
  return x;
}
UR_INLINE vec v_log(vec x) {
  for (int i = 0; i < 4; i++) x.lane[i] = log(x.lane[i]);
  return x;
}
UR_INLINE vec v_tanh(vec x) {
  for (int i = 0; i < 4; i++) x.lane[i] = tanh(x.lane[i]);
  return x;
}
UR_INLINE vec v_sigmoid(vec x) {
  for (int i = 0; i < 4; i++) {
    double e = exp(-fabs(x.lane[i]));
    x.lane[i] = (x.lane[i] < 0 ? e : 1) / (1 + e);
  }
  return x;
}
UR_INLINE vec v_normal(vec x, vec *density) {
  for (int i = 0; i < 4; i++) {
    density->lane[i] = exp(-x.lane[i] * x.lane[i] / 2) * 0x1.9884533d43651p-2;
    x.lane[i] = erfc(-x.lane[i] * 0x1.6a09e667f3bcdp-1) / 2;
  }
  return x;
}

#else

/* ln 2 in two parts: the first has 14 bits, so that a product with an exponent is exact. */
#define UR_LN2_HI 0x1.62e4p-1f
#define UR_LN2_LO 0x1.7f7d1cp-20f
/* Added to a number of size below 2^22, it rounds it to an integer and leaves that in the lowest bits. */
#define UR_ROUND  0x1.8p+23f

UR_INLINE vec v_fit(vec sum, vec x, float c) { return v_add(v_mul(sum, x), v_set1(c)); }

/* x = n ln 2 + r, |r| <= ln 2 / 2 (Cody and Waite). Gives e^r - 1, and n in the top nine bits of *shifted:
 * added to a float's bits it multiplies by 2^n. Meaningful for |x| < 90; a NaN gives a NaN. */
UR_INLINE vec v_expm1_reduced(vec x, vint *shifted) {
  vec t = v_add(v_mul(x, v_set1(0x1.715476p+0f)), v_set1(UR_ROUND));
  vec n = v_sub(t, v_set1(UR_ROUND));
  vec r = v_sub(v_sub(x, v_mul(n, v_set1(UR_LN2_HI))), v_mul(n, v_set1(UR_LN2_LO)));
  *shifted = i_shl23(i_from(t));
  /* (e^r - 1 - r) / r^2, minimax for the relative error of e^r - 1: 1.4e-8 */
  vec q = v_set1(0x1.6bec06p-10f);
  q = v_fit(q, r, 0x1.12276cp-7f);
  q = v_fit(q, r, 0x1.555674p-5f);
  q = v_fit(q, r, 0x1.5554b0p-3f);
  q = v_fit(q, r, 0x1.fffffep-2f);
  return v_add(r, v_mul(v_mul(r, r), q));
}

UR_INLINE vec v_exp(vec x) {
  const vec one = v_set1(1);
  vint shifted;
  vec p = v_add(one, v_expm1_reduced(x, &shifted));
  vec y = i_to(i_add(i_from(p), shifted));
  /* Below ln FLT_MIN: 0. Above ln FLT_MAX: x * FLT_MAX, which is inf for all of them and NaN for NaN. */
  y = m_keep(v_lt(v_set1(-0x1.5d58a0p+6f), x), y);
  return m_select(v_le(x, v_set1(0x1.62e42ep+6f)), y, v_mul(x, v_set1(FLT_MAX)));
}

UR_INLINE vec v_log(vec x) {
  const vec one = v_set1(1), zero = v_zero();
  /* A denormal is made normal first. */
  vmask small = v_lt(x, v_set1(FLT_MIN));
  vec y = m_select(small, v_mul(x, v_set1(0x1p+24f)), x);
  /* y = m 2^e, sqrt(1/2) <= m < sqrt 2: taking the bits of sqrt(1/2) from those of y leaves e in the top. */
  vint away = i_sub(i_from(y), i_set1(0x3f3504f3));
  vint top = i_and(away, i_set1((int)0xff800000u));
  vec m = i_to(i_sub(i_from(y), top));
  /* e + 256 (nine bits; the sign bit turned over), made a float by putting it below 2^23's bits */
  vint biased = i_shr23(i_add(top, i_set1((int)0x80000000u)));
  vec e = v_sub(i_to(i_or(biased, i_set1(0x4b000000))), v_set1(0x1p+23f + 256));
  e = v_sub(e, m_keep(small, v_set1(24)));
  vec f = v_sub(m, one), f2 = v_mul(f, f);
  /* (log(1 + f) - f + f^2/2) / f^3, minimax for the relative error of the logarithm: 5.9e-9 */
  vec q = v_set1(-0x1.38b5b0p-4f);
  q = v_fit(q, f, 0x1.055b82p-3f);
  q = v_fit(q, f, -0x1.0d8544p-3f);
  q = v_fit(q, f, 0x1.22da1ap-3f);
  q = v_fit(q, f, -0x1.547244p-3f);
  q = v_fit(q, f, 0x1.99a008p-3f);
  q = v_fit(q, f, -0x1.000226p-2f);
  q = v_fit(q, f, 0x1.555554p-2f);
  /* The small terms are summed first. */
  vec rest = v_sub(v_mul(v_mul(f2, f), q), v_mul(v_set1(0.5f), f2));
  rest = v_add(rest, v_mul(e, v_set1(UR_LN2_LO)));
  vec result = v_add(v_mul(e, v_set1(UR_LN2_HI)), v_add(f, rest));
  /* 0: -inf. Below 0: NaN. inf and NaN: themselves. */
  result = m_select(v_le(x, v_set1(FLT_MAX)), result, x);
  vec bad = m_select(v_lt(x, zero), v_set1(NAN), v_set1(-INFINITY));
  return m_select(v_le(x, zero), bad, result);
}

/* tanh |x| = t / (t + 2), t = e^(2|x|) - 1 = 2^n (e^r - 1) + (2^n - 1): no digits are lost near 0. */
UR_INLINE vec v_tanh(vec x) {
  const vec one = v_set1(1);
  vint shifted;
  /* From 10 on the result is 1 to the last bit; min hands a NaN on. */
  vec a = v_min(v_set1(10), v_abs(x));
  vec p = v_expm1_reduced(v_add(a, a), &shifted);
  vec scale = i_to(i_add(i_from(one), shifted));
  vec t = v_add(v_mul(p, scale), v_sub(scale, one));
  return v_copysign(v_div(t, v_add(t, v_set1(2))), x);
}

/* With e = exp(-|x|): 1 / (1 + e), or e / (1 + e) below 0, where the result follows e down to FLT_MIN. e is
 * v_exp's to the bit; what would only matter above 0 is left out. */
UR_INLINE vec v_sigmoid(vec x) {
  const vec one = v_set1(1);
  vint shifted;
  vec below = v_copysign(x, v_set1(-1));
  vec p = v_add(one, v_expm1_reduced(below, &shifted));
  vec e = v_mul(p, i_to(i_add(i_from(one), shifted)));
  e = m_drop(v_le(below, v_set1(-0x1.5d58a0p+6f)), e); /* a NaN stays */
  return v_div(m_select(v_lt(x, v_zero()), e, one), v_add(one, e));
}

/* Phi(x), and its density phi(x) = e^(-x^2 / 2) / sqrt(2 pi). Phi(-a) = e^(-a^2 / 2) t P(t), t = 4 / (4 + a),
 * P minimax for the relative error: 6.3e-8. a^2 is taken in two parts, the first of them exact, since an
 * error in it becomes one of the whole exponential. */
UR_INLINE vec v_normal(vec x, vec *density) {
  const vec one = v_set1(1);
  const vec a = v_min(v_set1(14), v_abs(x)); /* from there on both are 0; min hands a NaN on */
  const vec high = i_to(i_and(i_from(a), i_set1((int)0xfffff000u)));
  const vec first = v_exp(v_mul(v_set1(-0.5f), v_mul(high, high)));
  const vec rest = v_exp(v_mul(v_set1(-0.5f), v_mul(v_sub(a, high), v_add(a, high))));
  const vec e = v_mul(first, rest);
  const vec t = v_div(v_set1(4), v_add(v_set1(4), a));
  const vec u = v_mul(v_sub(t, v_set1(0x1.3b851ep-1f)), v_set1(0x1.4ccccc0p+1f));
  vec q = v_set1(0x1.ac38a2p-17f);
  q = v_fit(q, u, -0x1.0fabb6p-15f);
  q = v_fit(q, u, -0x1.30c624p-12f);
  q = v_fit(q, u, 0x1.0c031ep-14f);
  q = v_fit(q, u, 0x1.7892b2p-8f);
  q = v_fit(q, u, 0x1.ca26f2p-6f);
  q = v_fit(q, u, 0x1.45bdc8p-4f);
  q = v_fit(q, u, 0x1.4376a0p-3f);
  q = v_fit(q, u, 0x1.d713dep-3f);
  const vec below = v_flush(v_mul(e, v_mul(t, q)));
  *density = v_flush(v_mul(e, v_set1(0x1.988454p-2f)));
  return m_select(v_lt(x, v_zero()), below, v_sub(one, below));
}

#endif
#endif
