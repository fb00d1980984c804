/* Studies: what they give is described as JSON, and read as it lies in memory. */
#include "exports.h"
#include "unroll/study.h"

static void free_study(void *study) { ur_study_free(study); }

UW_EXPORT(study_create) int uw_study_create(uint32_t name, uint32_t name_size) {
  const char *n = uw_input_text(name, name_size);
  ur_study *study;
  if (!n || ur_study_create(n, &study) != UR_OK) return 0;
  return uw_handle_put(UW_STUDY, study, free_study, 0);
}

/* A setting, an input, or the seed. */
UW_EXPORT(study_set)
int uw_study_set(int handle, uint32_t key, uint32_t key_size, uint32_t value, uint32_t value_size) {
  ur_study *study = uw_handle_get(UW_STUDY, handle);
  const char *k = uw_input_text(key, key_size), *v = uw_input_text(value, value_size);
  return study && k && v ? ur_study_set(study, k, v) : UR_E_ARGUMENT;
}

/* Numbers: done, fraction. */
UW_EXPORT(study_step) int uw_study_step(int handle) {
  ur_study *study = uw_handle_get(UW_STUDY, handle);
  ur_study_report report;
  if (!study) return UR_E_ARGUMENT;
  ur_status status = ur_study_step(study, &report);
  uw_numbers[0] = report.done, uw_numbers[1] = report.fraction;
  return status;
}

static void print_axis(ur_buffer *out, const ur_study_axis *axis) {
  ur_buffer_print(out, "{\"name\":"), uw_result_json(axis->name);
  ur_buffer_print(out, ",\"size\":%d,\"labels\":", axis->size);
  for (int i = 0; axis->labels && i < axis->size; i++) {
    ur_buffer_print(out, i ? "," : "[");
    uw_result_json(axis->labels[i]);
  }
  ur_buffer_print(out, axis->labels ? "]}" : "null}");
}

static void print_array(ur_buffer *out, const ur_study *study, const ur_study_array *array) {
  ur_buffer_print(out, "{\"name\":"), uw_result_json(array->name);
  ur_buffer_print(out, ",\"unit\":"), uw_result_json(array->unit);
  ur_buffer_print(out, ",\"axes\":[");
  for (int d = 0; d < array->rank; d++) {
    if (d > 0) ur_buffer_print(out, ",");
    uw_result_json(ur_study_axis_at(study, array->axes[d]).name);
  }
  ur_buffer_print(out, "],\"shape\":[");
  for (int d = 0; d < array->rank; d++)
    ur_buffer_print(out, d ? ",%d" : "%d", ur_study_axis_at(study, array->axes[d]).size);
  ur_buffer_print(out, "]}");
}

/* Result: JSON {axes, arrays} of protocol.ts' Study, without values. */
UW_EXPORT(study_arrays) int uw_study_arrays(int handle) {
  const ur_study *study = uw_handle_get(UW_STUDY, handle);
  if (!study) return UR_E_ARGUMENT;
  ur_buffer *out = uw_result();
  ur_buffer_print(out, "{\"axes\":[");
  for (int i = 0; i < ur_study_axes(study); i++) {
    const ur_study_axis axis = ur_study_axis_at(study, i);
    if (i > 0) ur_buffer_print(out, ",");
    print_axis(out, &axis);
  }
  ur_buffer_print(out, "],\"arrays\":[");
  for (int i = 0; i < ur_study_arrays(study); i++) {
    const ur_study_array array = ur_study_array_at(study, i);
    if (i > 0) ur_buffer_print(out, ",");
    print_array(out, study, &array);
  }
  ur_buffer_print(out, "]}");
  return uw_result_done();
}

/* Address of an array's cells, doubles; numbers: how many. */
UW_EXPORT(study_values) const void *uw_study_values(int handle, int i) {
  const ur_study *study = uw_handle_get(UW_STUDY, handle);
  if (!study) return NULL;
  if (i < 0 || i >= ur_study_arrays(study)) {
    ur_fail(UR_E_ARGUMENT, "", "The study has no array %d; it has %d.", i, ur_study_arrays(study));
    return NULL;
  }
  const ur_study_array array = ur_study_array_at(study, i);
  uw_numbers[0] = (double)array.cells;
  return array.values;
}
