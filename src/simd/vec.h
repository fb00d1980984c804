/* simd/vec.h: the one vocabulary in which kernels are written: four lanes of ur_real, compares that give a
 * mask, and the lanes' bits as integers. Three vocabularies of the same meaning: SSE2, simd128, and four
 * lanes in a struct (with UR_SIMD_SCALAR, on other machines, and always with UR_DOUBLE).
 *
 * Lane by lane and to the bit the same in all of them, but for the sign and payload of a NaN. Nothing here
 * reads or writes beyond the cells it names; pointers need no alignment.
 *
 *   v_  four reals     m_  four truths     i_  four 32-bit integers (not with UR_DOUBLE) */
#ifndef UNROLL_SIMD_VEC_H
#define UNROLL_SIMD_VEC_H

#include "kernels.h"

#include <float.h>
#include <math.h>
#include <string.h>

#ifdef UR_DOUBLE
#define UR_REAL_MIN DBL_MIN
#define UR_REAL_MAX DBL_MAX
#else
#define UR_REAL_MIN FLT_MIN
#define UR_REAL_MAX FLT_MAX
#endif

/* A kernel stays a function of its own: an engine may leave a long-running caller in its slowest tier. */
#if defined(__GNUC__)
#define UR_NOINLINE __attribute__((noinline))
#define UR_INLINE   static inline __attribute__((always_inline))
#else
#define UR_NOINLINE
#define UR_INLINE static inline
#endif

#if !defined(UR_DOUBLE) && !defined(UR_SIMD_SCALAR) && defined(__SSE2__)
#include <emmintrin.h>

typedef __m128 vec;
typedef __m128 vmask;
typedef __m128i vint;

UR_INLINE vec v_set1(float x) { return _mm_set1_ps(x); }
UR_INLINE vec v_load(const float *p) { return _mm_loadu_ps(p); }
UR_INLINE void v_store(float *p, vec a) { _mm_storeu_ps(p, a); }
UR_INLINE vec v_add(vec a, vec b) { return _mm_add_ps(a, b); }
UR_INLINE vec v_sub(vec a, vec b) { return _mm_sub_ps(a, b); }
UR_INLINE vec v_mul(vec a, vec b) { return _mm_mul_ps(a, b); }
UR_INLINE vec v_div(vec a, vec b) { return _mm_div_ps(a, b); }
UR_INLINE vec v_sqrt(vec a) { return _mm_sqrt_ps(a); }
UR_INLINE vec v_max(vec a, vec b) { return _mm_max_ps(a, b); }
UR_INLINE vec v_min(vec a, vec b) { return _mm_min_ps(a, b); }
UR_INLINE vec v_abs(vec a) { return _mm_andnot_ps(_mm_set1_ps(-0.0f), a); }
UR_INLINE vec v_copysign(vec size, vec sign) {
  vec bit = _mm_set1_ps(-0.0f);
  return _mm_or_ps(_mm_andnot_ps(bit, size), _mm_and_ps(bit, sign));
}
UR_INLINE vmask v_lt(vec a, vec b) { return _mm_cmplt_ps(a, b); }
UR_INLINE vmask v_le(vec a, vec b) { return _mm_cmple_ps(a, b); }
UR_INLINE vec m_select(vmask m, vec a, vec b) { return _mm_or_ps(_mm_and_ps(m, a), _mm_andnot_ps(m, b)); }
UR_INLINE vec m_keep(vmask m, vec a) { return _mm_and_ps(m, a); }
UR_INLINE vec m_drop(vmask m, vec a) { return _mm_andnot_ps(m, a); }
UR_INLINE int m_all(vmask m) { return _mm_movemask_ps(m) == 15; }
UR_INLINE vint i_set1(int x) { return _mm_set1_epi32(x); }
UR_INLINE vint i_from(vec a) { return _mm_castps_si128(a); }
UR_INLINE vec i_to(vint a) { return _mm_castsi128_ps(a); }
UR_INLINE vint i_add(vint a, vint b) { return _mm_add_epi32(a, b); }
UR_INLINE vint i_sub(vint a, vint b) { return _mm_sub_epi32(a, b); }
UR_INLINE vint i_and(vint a, vint b) { return _mm_and_si128(a, b); }
UR_INLINE vint i_or(vint a, vint b) { return _mm_or_si128(a, b); }
UR_INLINE vint i_shl23(vint a) { return _mm_slli_epi32(a, 23); }
UR_INLINE vint i_shr23(vint a) { return _mm_srli_epi32(a, 23); }

#elif !defined(UR_DOUBLE) && !defined(UR_SIMD_SCALAR) && defined(__wasm_simd128__)
#include <wasm_simd128.h>

typedef v128_t vec;
typedef v128_t vmask;
typedef v128_t vint;

UR_INLINE vec v_set1(float x) { return wasm_f32x4_splat(x); }
UR_INLINE vec v_load(const float *p) { return wasm_v128_load(p); }
UR_INLINE void v_store(float *p, vec a) { wasm_v128_store(p, a); }
UR_INLINE vec v_add(vec a, vec b) { return wasm_f32x4_add(a, b); }
UR_INLINE vec v_sub(vec a, vec b) { return wasm_f32x4_sub(a, b); }
UR_INLINE vec v_mul(vec a, vec b) { return wasm_f32x4_mul(a, b); }
UR_INLINE vec v_div(vec a, vec b) { return wasm_f32x4_div(a, b); }
UR_INLINE vec v_sqrt(vec a) { return wasm_f32x4_sqrt(a); }
/* pmax(a, b) is a < b ? b : a, pmin(a, b) is b < a ? b : a: the operands change places. */
UR_INLINE vec v_max(vec a, vec b) { return wasm_f32x4_pmax(b, a); }
UR_INLINE vec v_min(vec a, vec b) { return wasm_f32x4_pmin(b, a); }
UR_INLINE vec v_abs(vec a) { return wasm_f32x4_abs(a); }
UR_INLINE vec v_copysign(vec size, vec sign) {
  return wasm_v128_bitselect(sign, size, wasm_i32x4_splat((int)0x80000000u));
}
UR_INLINE vmask v_lt(vec a, vec b) { return wasm_f32x4_lt(a, b); }
UR_INLINE vmask v_le(vec a, vec b) { return wasm_f32x4_le(a, b); }
UR_INLINE vec m_select(vmask m, vec a, vec b) { return wasm_v128_bitselect(a, b, m); }
UR_INLINE vec m_keep(vmask m, vec a) { return wasm_v128_and(a, m); }
UR_INLINE vec m_drop(vmask m, vec a) { return wasm_v128_andnot(a, m); }
UR_INLINE int m_all(vmask m) { return wasm_i32x4_all_true(m); }
UR_INLINE vint i_set1(int x) { return wasm_i32x4_splat(x); }
UR_INLINE vint i_from(vec a) { return a; }
UR_INLINE vec i_to(vint a) { return a; }
UR_INLINE vint i_add(vint a, vint b) { return wasm_i32x4_add(a, b); }
UR_INLINE vint i_sub(vint a, vint b) { return wasm_i32x4_sub(a, b); }
UR_INLINE vint i_and(vint a, vint b) { return wasm_v128_and(a, b); }
UR_INLINE vint i_or(vint a, vint b) { return wasm_v128_or(a, b); }
UR_INLINE vint i_shl23(vint a) { return wasm_i32x4_shl(a, 23); }
UR_INLINE vint i_shr23(vint a) { return wasm_u32x4_shr(a, 23); }

#else

typedef struct vec {
  ur_real lane[4];
} vec;
typedef struct vmask {
  int lane[4];
} vmask;

#define UR_LANES(type, expression)                                                                           \
  type r;                                                                                                    \
  for (int i = 0; i < 4; i++) r.lane[i] = (expression);                                                      \
  return r

UR_INLINE vec v_set1(ur_real x) { UR_LANES(vec, x); }
UR_INLINE vec v_load(const ur_real *p) { UR_LANES(vec, p[i]); }
UR_INLINE void v_store(ur_real *p, vec a) {
  for (int i = 0; i < 4; i++) p[i] = a.lane[i];
}
UR_INLINE vec v_add(vec a, vec b) { UR_LANES(vec, a.lane[i] + b.lane[i]); }
UR_INLINE vec v_sub(vec a, vec b) { UR_LANES(vec, a.lane[i] - b.lane[i]); }
UR_INLINE vec v_mul(vec a, vec b) { UR_LANES(vec, a.lane[i] * b.lane[i]); }
UR_INLINE vec v_div(vec a, vec b) { UR_LANES(vec, a.lane[i] / b.lane[i]); }
UR_INLINE vec v_max(vec a, vec b) { UR_LANES(vec, a.lane[i] > b.lane[i] ? a.lane[i] : b.lane[i]); }
UR_INLINE vec v_min(vec a, vec b) { UR_LANES(vec, a.lane[i] < b.lane[i] ? a.lane[i] : b.lane[i]); }
UR_INLINE vmask v_lt(vec a, vec b) { UR_LANES(vmask, a.lane[i] < b.lane[i]); }
UR_INLINE vmask v_le(vec a, vec b) { UR_LANES(vmask, a.lane[i] <= b.lane[i]); }
UR_INLINE vec m_select(vmask m, vec a, vec b) { UR_LANES(vec, m.lane[i] ? a.lane[i] : b.lane[i]); }
UR_INLINE vec m_keep(vmask m, vec a) { UR_LANES(vec, m.lane[i] ? a.lane[i] : 0); }
UR_INLINE vec m_drop(vmask m, vec a) { UR_LANES(vec, m.lane[i] ? 0 : a.lane[i]); }
UR_INLINE int m_all(vmask m) { return m.lane[0] & m.lane[1] & m.lane[2] & m.lane[3]; }

#ifdef UR_DOUBLE
UR_INLINE vec v_sqrt(vec a) { UR_LANES(vec, sqrt(a.lane[i])); }
UR_INLINE vec v_abs(vec a) { UR_LANES(vec, fabs(a.lane[i])); }
UR_INLINE vec v_copysign(vec size, vec sign) { UR_LANES(vec, copysign(size.lane[i], sign.lane[i])); }
#else
typedef struct vint {
  uint32_t lane[4];
} vint;

UR_INLINE vint i_set1(int x) { UR_LANES(vint, (uint32_t)x); }
UR_INLINE vint i_from(vec a) {
  vint r;
  memcpy(&r, &a, sizeof r);
  return r;
}
UR_INLINE vec i_to(vint a) {
  vec r;
  memcpy(&r, &a, sizeof r);
  return r;
}
UR_INLINE vint i_add(vint a, vint b) { UR_LANES(vint, a.lane[i] + b.lane[i]); }
UR_INLINE vint i_sub(vint a, vint b) { UR_LANES(vint, a.lane[i] - b.lane[i]); }
UR_INLINE vint i_and(vint a, vint b) { UR_LANES(vint, a.lane[i] & b.lane[i]); }
UR_INLINE vint i_or(vint a, vint b) { UR_LANES(vint, a.lane[i] | b.lane[i]); }
UR_INLINE vint i_shl23(vint a) { UR_LANES(vint, a.lane[i] << 23); }
UR_INLINE vint i_shr23(vint a) { UR_LANES(vint, a.lane[i] >> 23); }
UR_INLINE vec v_sqrt(vec a) { UR_LANES(vec, sqrtf(a.lane[i])); }
UR_INLINE vec v_abs(vec a) { return i_to(i_and(i_from(a), i_set1(0x7fffffff))); }
UR_INLINE vec v_copysign(vec size, vec sign) {
  vint bit = i_and(i_from(sign), i_set1((int)0x80000000u));
  return i_to(i_or(i_from(v_abs(size)), bit));
}
#endif
#undef UR_LANES
#endif

/* ---- in terms of the above ---- */

UR_INLINE vec v_zero(void) { return v_set1(0); }
/* sum + a b, rounded twice; in the relaxed module once where the machine can, and there alone lanes differ
 * from those of the other builds. */
UR_INLINE vec v_madd(vec sum, vec a, vec b) {
#if defined(UR_SIMD_RELAXED) && !defined(UR_DOUBLE)
  return (vec)__builtin_wasm_fma_f32x4((__f32x4)a, (__f32x4)b, (__f32x4)sum);
#else
  return v_add(sum, v_mul(a, b));
#endif
}
/* The first `count` (0..4) lanes; the others read as +0 and are not written. */
UR_INLINE vec v_load_part(const ur_real *p, size_t count) {
  ur_real lane[4] = {0, 0, 0, 0};
  for (size_t i = 0; i < count; i++) lane[i] = p[i];
  return v_load(lane);
}
UR_INLINE void v_store_part(ur_real *p, vec a, size_t count) {
  ur_real lane[4];
  v_store(lane, a);
  for (size_t i = 0; i < count; i++) p[i] = lane[i];
}
/* The fixed tree of every row reduction. */
UR_INLINE ur_real v_sum(vec a) {
  ur_real lane[4];
  v_store(lane, a);
  return (lane[0] + lane[2]) + (lane[1] + lane[3]);
}
/* Below the smallest normal number: +0. WASM has no flush-to-zero, and arithmetic on denormals is up to a
 * hundred times slower. Double, which only checks gradients, keeps them. */
UR_INLINE vec v_flush(vec a) {
#ifdef UR_DOUBLE
  return a;
#else
  return m_drop(v_lt(v_abs(a), v_set1(UR_REAL_MIN)), a);
#endif
}

#endif
