/* Files of PyTorch, and for it. */
#include "exports.h"

#include <string.h>

#include "unroll/pytorch.h"

#define SAID 8

/* Result: JSON, as ur_pytorch_describe says; nothing for a file that is not of PyTorch. */
UW_EXPORT(pytorch_describe)
int uw_pytorch_describe(uint32_t file, uint32_t file_size, uint32_t model, uint32_t model_size) {
  const ur_bytes bytes = uw_input_bytes(file, file_size);
  const char *name = uw_input_text(model, model_size);
  if (!bytes.data || !name) return UR_E_ARGUMENT;
  uw_result();
  if (!ur_is_pytorch(bytes)) return uw_result_done();
  const ur_status status = ur_pytorch_describe(bytes, name[0] ? name : NULL, uw_result());
  return status == UR_OK ? uw_result_done() : status;
}

/* Fields: key, value, key, value ...; vocabulary, start, end and model among the settings. */
static ur_status read_how(ur_bytes fields, const char *settings[2 * SAID], ur_pytorch_how *how) {
  const char *key = (const char *)fields.data, *end = key + fields.size;
  if (fields.size > 0 && fields.data[fields.size - 1] != 0)
    return ur_fail(UR_E_ARGUMENT, "settings", "The last field has no end.");
  how->settings = settings;
  while (key < end) {
    const char *value = key + strlen(key) + 1;
    if (value >= end) return ur_fail(UR_E_ARGUMENT, key, "The field %.60s has no value.", key);
    if (strcmp(key, "vocabulary") == 0)
      how->vocabulary = (ur_bytes){(const uint8_t *)value, strlen(value)};
    else if (strcmp(key, "start") == 0)
      how->start = value;
    else if (strcmp(key, "end") == 0)
      how->end = value;
    else if (strcmp(key, "model") == 0)
      how->model = value;
    else if (how->setting_count == SAID)
      return ur_fail(UR_E_ARGUMENT, key, "More than %d settings are given.", SAID);
    else
      settings[2 * how->setting_count] = key, settings[2 * how->setting_count++ + 1] = value;
    key = value + strlen(value) + 1;
  }
  return UR_OK;
}

/* Numbers: bytes of JSON, as ur_tensors_json says. Result: these, then the file as one of ours. */
UW_EXPORT(pytorch_read)
int uw_pytorch_read(uint32_t file, uint32_t file_size, uint32_t said, uint32_t said_size) {
  const ur_bytes bytes = uw_input_bytes(file, file_size), fields = uw_input_bytes(said, said_size);
  const char *settings[2 * SAID];
  ur_pytorch_how how = {0};
  ur_tensors_read told;
  ur_buffer ours = {0};
  if (!bytes.data || !fields.data) return UR_E_ARGUMENT;
  ur_status status = read_how(fields, settings, &how);
  if (status == UR_OK) status = ur_pytorch_read(bytes, &how, &told, &ours);
  if (status == UR_OK) {
    ur_buffer *out = uw_result();
    ur_tensors_json(&told, out);
    uw_numbers[0] = (double)out->size;
    ur_buffer_append(out, ours.data, ours.size);
    status = uw_result_done();
  }
  ur_buffer_free(&ours);
  return status;
}

/* Result: the weights under PyTorch's names. */
UW_EXPORT(pytorch_write) int uw_pytorch_write(int handle) {
  ur_trainer *trainer = uw_handle_get(UW_TRAINER, handle);
  if (!trainer) return UR_E_ARGUMENT;
  const ur_status status = ur_pytorch_write(trainer, uw_result());
  return status == UR_OK ? uw_result_done() : status;
}
/* Result: the Python that computes with them. */
UW_EXPORT(pytorch_program) int uw_pytorch_program(void) {
  const ur_bytes program = ur_pytorch_program();
  ur_buffer_append(uw_result(), program.data, program.size);
  return uw_result_done();
}
