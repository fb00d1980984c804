#include "decimal.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* A whole number of at most 32 LIMBS bits, the lowest limb first. */
enum { LIMBS = 160, DIGITS = 770 }; /* of more digits than 768 it only matters whether any is not 0 */
typedef struct whole {
  uint32_t limb[LIMBS];
  int count; /* the last of them is not 0 */
} whole;

static void times_plus(whole *a, uint32_t by, uint32_t plus) {
  uint64_t carry = plus;
  for (int i = 0; i < a->count; i++) {
    carry += (uint64_t)a->limb[i] * by;
    a->limb[i] = (uint32_t)carry;
    carry >>= 32;
  }
  if (carry != 0) a->limb[a->count++] = (uint32_t)carry;
}

static void times_ten(whole *a, int power) {
  for (; power > 0; power--) times_plus(a, 10, 0);
}

static int bits_of(const whole *a) {
  int bits = 32 * a->count;
  for (uint32_t top = a->limb[a->count - 1]; top < UINT32_C(1) << 31; top <<= 1) bits--;
  return bits;
}

static void shift_up(whole *a, int bits) {
  const int limbs = bits / 32;
  for (; bits % 32 > 0; bits--) times_plus(a, 2, 0);
  memmove(a->limb + limbs, a->limb, (size_t)a->count * sizeof *a->limb);
  memset(a->limb, 0, (size_t)limbs * sizeof *a->limb);
  a->count += limbs;
}

static int compare(const whole *a, const whole *b) {
  if (a->count != b->count) return a->count - b->count;
  int i = a->count - 1;
  while (i > 0 && a->limb[i] == b->limb[i]) i--;
  return a->count == 0 || a->limb[i] == b->limb[i] ? 0 : a->limb[i] > b->limb[i] ? 1 : -1;
}

/* a >= b */
static void subtract(whole *a, const whole *b) {
  int64_t carry = 0;
  for (int i = 0; i < a->count; i++) {
    carry += (int64_t)a->limb[i] - (i < b->count ? b->limb[i] : 0);
    a->limb[i] = (uint32_t)carry;
    carry >>= 32;
  }
  while (a->count > 0 && a->limb[a->count - 1] == 0) a->count--;
}

/* a / b, both not 0, rounded once. They are changed. */
static double divided(whole *a, whole *b) {
  /* 2^power <= a / b < 2^(power + 1) */
  int power = bits_of(a) - bits_of(b);
  shift_up(power > 0 ? b : a, abs(power));
  if (compare(a, b) < 0) power--, shift_up(a, 1);
  /* As many bits as a double of this size has, by long division. */
  const int bits = power >= -1022 ? 53 : 53 + 1022 + power;
  if (bits < 0) return 0;
  uint64_t quotient = 0;
  for (int i = 0; i < bits; i++) {
    quotient *= 2;
    if (compare(a, b) >= 0) {
      subtract(a, b);
      quotient++;
    }
    shift_up(a, 1);
  }
  /* Twice what is left of the last bit, to 1, is a to b. */
  const int over = compare(a, b);
  quotient += over > 0 || (over == 0 && quotient & 1);
  return ldexp((double)quotient, power + 1 - bits);
}

double ur__decimal_read(const char *text, const char **end) {
  const char *at = text, *seen = text;
  whole above = {.count = 0};
  uint64_t small = 0; /* the same while it is below 2^53 */
  int digits = 0, exponent = 0, point = 0, any = 0, more = 0;
  const int negative = *at == '-';
  if (*at == '-' || *at == '+') at++;
  for (;; at++) {
    if (*at == '.' && !point) {
      point = 1;
      continue;
    }
    if (*at < '0' || *at > '9') break;
    any = 1, seen = at + 1;
    exponent -= point;
    if (digits == 0 && *at == '0') continue;
    if (digits == DIGITS) {
      more |= *at != '0', exponent++;
      continue;
    }
    digits++;
    times_plus(&above, 10, (uint32_t)(*at - '0'));
    small = digits <= 15 ? 10 * small + (uint64_t)(*at - '0') : 0;
  }
  if (any && *(at - 1) == '.') seen = at;
  if (any && (*at == 'e' || *at == 'E')) {
    const int down = at[1] == '-';
    int power = 0;
    at += 1 + (at[1] == '-' || at[1] == '+');
    for (; *at >= '0' && *at <= '9'; at++, seen = at)
      power = power < 100000 ? 10 * power + (*at - '0') : power;
    exponent += down ? -power : power;
  }
  if (end != NULL) *end = any ? seen : text;
  double value = 0;
  if (digits > 0 && digits + exponent > 310)
    value = INFINITY;
  else if (digits > 0 && digits <= 15 && exponent >= -22 && exponent <= 22) {
    double ten = 1; /* both exact, so one rounding */
    for (int i = 0; i < abs(exponent); i++) ten *= 10;
    value = exponent < 0 ? (double)small / ten : (double)small * ten;
  } else if (digits > 0 && digits + exponent > -330) {
    whole below = {.limb = {1}, .count = 1};
    if (more) times_plus(&above, 10, 1), exponent--;
    times_ten(exponent > 0 ? &above : &below, abs(exponent));
    value = divided(&above, &below);
  }
  return any && negative ? -value : value;
}
