#include "safetensors.h"

#include <inttypes.h>
#include <string.h>

#include "json.h"

static void write_text(ur_buffer *out, const char *text) { ur__json_string(out, text, strlen(text)); }

static void write_header(const ur__safetensors *file, ur_buffer *out) {
  uint64_t offset = 0;
  ur_buffer_print(out, "{\"__metadata__\":{");
  for (int i = 0; i < file->pair_count; i++) {
    if (i > 0) ur_buffer_print(out, ",");
    write_text(out, file->metadata[i].key);
    ur_buffer_print(out, ":");
    write_text(out, file->metadata[i].value);
  }
  ur_buffer_print(out, "}");
  for (int i = 0; i < file->tensor_count; i++) {
    const ur__stored *tensor = &file->tensors[i];
    ur_buffer_print(out, ",");
    write_text(out, tensor->name);
    ur_buffer_print(out, ":{\"dtype\":\"%s\",\"shape\":[", ur__dtype_name(tensor->dtype));
    for (int d = 0; d < tensor->rank; d++)
      ur_buffer_print(out, "%s%" PRIu64, d > 0 ? "," : "", tensor->shape[d]);
    ur_buffer_print(out, "],\"data_offsets\":[%" PRIu64 ",%" PRIu64 "]}", offset, offset + tensor->size);
    offset += tensor->size;
  }
  ur_buffer_print(out, "}");
}

ur_status ur__safetensors_write(const ur__safetensors *file, ur_buffer *out) {
  ur_buffer header = {0};
  write_header(file, &header);
  while (header.size % 8 != 0 && !header.failed) ur_buffer_append(&header, " ", 1);
  const uint64_t length = header.size;
  ur_buffer_append(out, &length, 8);
  ur_buffer_append(out, header.data, header.size);
  for (int i = 0; i < file->tensor_count; i++)
    ur_buffer_append(out, file->tensors[i].data, file->tensors[i].size);
  const int failed = header.failed || out->failed;
  ur_buffer_free(&header);
  return failed ? ur_fail(UR_E_MEMORY, "", "there is no memory left to write the weights") : UR_OK;
}
