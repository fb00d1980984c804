/* The numbers of a tensor, whatever they are stored as. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "safetensors.h"

static const struct {
  const char *name;
  size_t size;
} dtypes[UR__DTYPES] = {
#define ROW(dtype, name, size) {name, size},
    UR__DTYPE_LIST(ROW)
#undef ROW
};

const char *ur__dtype_name(ur__dtype dtype) { return dtypes[dtype].name; }
size_t ur__dtype_size(ur__dtype dtype) { return dtypes[dtype].size; }

size_t ur__stored_count(const ur__stored *tensor) { return tensor->size / ur__dtype_size(tensor->dtype); }

static float of_bits(uint32_t bits) {
  float value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

/* IEEE 754 binary16: sign 1, exponent 5 (bias 15), fraction 10. All of its values are floats. */
static float from_f16(uint16_t half) {
  const uint32_t sign = (uint32_t)(half & 0x8000) << 16, exponent = half >> 10 & 31, fraction = half & 1023;
  if (exponent == 0) return of_bits(sign) + (sign ? -0x1p-24f : 0x1p-24f) * (float)fraction;
  const uint32_t wider = exponent == 31 ? 255 : exponent - 15 + 127;
  return of_bits(sign | wider << 23 | fraction << 13);
}

static ur_status from_f64(const ur__stored *tensor, float *out) {
  for (size_t i = 0; i < ur__stored_count(tensor); i++) {
    double value;
    memcpy(&value, (const uint8_t *)tensor->data + i * sizeof value, sizeof value);
    out[i] = (float)value; /* to nearest, ties to even */
    if (isfinite(value) && !isfinite(out[i]))
      return ur_fail(UR_E_FORMAT, tensor->name, "tensor %.60s has %.9g at cell %zu, which is beyond F32",
                     tensor->name, value, i);
  }
  return UR_OK;
}

ur_status ur__stored_floats(const ur__stored *tensor, float *out) {
  const size_t count = ur__stored_count(tensor);
  const uint8_t *data = tensor->data;
  if (tensor->dtype == UR__F64) return from_f64(tensor, out);
  if (tensor->dtype == UR__F32) {
    memcpy(out, data, tensor->size);
    return UR_OK;
  }
  if (tensor->dtype != UR__F16 && tensor->dtype != UR__BF16)
    return ur_fail(UR_E_FORMAT, tensor->name, "tensor %.60s should be F32, F16, BF16 or F64, not %s",
                   tensor->name, ur__dtype_name(tensor->dtype));
  for (size_t i = 0; i < count; i++) {
    uint16_t half;
    memcpy(&half, data + i * sizeof half, sizeof half);
    out[i] = tensor->dtype == UR__BF16 ? of_bits((uint32_t)half << 16) : from_f16(half);
  }
  return UR_OK;
}

void ur__stored_shape(const ur__stored *tensor, char *out, size_t size) {
  size_t at = 0;
  if (size > 0) out[0] = 0;
  for (int d = 0; d < tensor->rank && at + 1 < size; d++)
    at += (size_t)snprintf(out + at, size - at, "%s%" PRIu64, d > 0 ? "," : "[", tensor->shape[d]);
  if (at + 1 < size) snprintf(out + at, size - at, "%s", tensor->rank > 0 ? "]" : "[]");
}
