/* What is said of the tensors of a file that has been read. */
#include <string.h>

#include "json.h"
#include "saved.h"

/* A name from outside, safe to be printed. */
static void copy_name(const char *name, char *out, size_t size) {
  size_t length = strlen(name);
  if (length >= size) {
    length = size - 1;
    while (length > 0 && ((uint8_t)name[length] & 0xC0) == 0x80) length--; /* no half of a character */
  }
  for (size_t i = 0; i < length; i++) out[i] = (uint8_t)name[i] < 0x20 || name[i] == 0x7F ? '?' : name[i];
  out[length] = 0;
}

static void tell(ur_tensors_read *told, const ur__stored *tensor) {
  if (!tensor->used) {
    if (told->unused < UR_UNUSED_NAMED)
      copy_name(tensor->name, told->names[told->unused], sizeof told->names[0]);
    told->unused++;
    return;
  }
  told->f16 += tensor->dtype == UR__F16;
  told->bf16 += tensor->dtype == UR__BF16;
  told->f64 += tensor->dtype == UR__F64;
}

ur_tensors_read ur__tensors_told(const ur__safetensors *file) {
  ur_tensors_read out = {0};
  for (int i = 0; i < file->tensor_count; i++) tell(&out, &file->tensors[i]);
  return out;
}

void ur_tensors_json(const ur_tensors_read *tensors, ur_buffer *out) {
  ur_buffer_print(out, "{\"f16\":%d,\"bf16\":%d,\"f64\":%d,\"unused\":%d,\"names\":[", tensors->f16,
                  tensors->bf16, tensors->f64, tensors->unused);
  for (int i = 0; i < tensors->unused && i < UR_UNUSED_NAMED; i++) {
    if (i > 0) ur_buffer_print(out, ",");
    ur__json_string(out, tensors->names[i], strlen(tensors->names[i]));
  }
  ur_buffer_print(out, "]}");
}
