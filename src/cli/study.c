/* A study's arrays, as a table or as lines of JSON. */
#include "unroll/study.h"

#include <math.h>
#include <string.h>

#include "command.h"
#include "json.h"

static void write_line(const cli *c, ur_buffer *line) {
  cli_write(c, line);
  ur_buffer_free(line);
}

static void print_axis(const cli *c, const ur_study_axis *axis) {
  ur_buffer line = {0};
  if (!c->json) return;
  ur_buffer_print(&line, "{\"axis\":\"%s\",\"size\":%d,\"labels\":", axis->name, axis->size);
  for (int i = 0; axis->labels != NULL && i < axis->size; i++) {
    ur_buffer_print(&line, i > 0 ? "," : "[");
    ur__json_string(&line, axis->labels[i], strlen(axis->labels[i]));
  }
  ur_buffer_print(&line, axis->labels != NULL ? "]}" : "null}");
  write_line(c, &line);
}

static void json_of_array(const cli *c, const ur_study *study, const ur_study_array *array) {
  ur_buffer line = {0};
  ur_buffer_print(&line, "{\"array\":\"%s\",\"unit\":\"%s\",\"axes\":[", array->name, array->unit);
  for (int d = 0; d < array->rank; d++)
    ur_buffer_print(&line, "%s\"%s\"", d > 0 ? "," : "", ur_study_axis_at(study, array->axes[d]).name);
  ur_buffer_print(&line, "],\"shape\":[");
  for (int d = 0; d < array->rank; d++)
    ur_buffer_print(&line, d > 0 ? ",%d" : "%d", ur_study_axis_at(study, array->axes[d]).size);
  ur_buffer_print(&line, "],\"values\":[");
  for (size_t i = 0; i < array->cells; i++) {
    ur_buffer_print(&line, i > 0 ? "," : "");
    if (isfinite(array->values[i]))
      ur_buffer_print(&line, "%.17g", array->values[i]);
    else
      ur_buffer_print(&line, "null");
  }
  ur_buffer_print(&line, "]}");
  write_line(c, &line);
}

/* The number of a place of an axis: what the array of the axis' name says, or from 1. */
static double place_of(const ur_study *study, const ur_study_axis *axis, int at) {
  for (int i = 0; i < ur_study_arrays(study); i++) {
    const ur_study_array array = ur_study_array_at(study, i);
    if (strcmp(array.name, axis->name) == 0) return array.values[at];
  }
  return at + 1;
}

/* A row for each place of all axes but the last. */
static void table_of_array(const cli *c, const ur_study *study, const ur_study_array *array) {
  const size_t across =
      array->rank > 0 ? (size_t)ur_study_axis_at(study, array->axes[array->rank - 1]).size : 1;
  const int over = array->rank > 1 ? array->axes[array->rank - 2] : -1;
  cli_print(c, "%s%s%s%s\n", array->name, *array->unit != 0 ? " (" : "", array->unit,
            *array->unit != 0 ? ")" : "");
  for (size_t row = 0; row < array->cells / across; row++) {
    ur_buffer line = {0};
    if (over >= 0) {
      const ur_study_axis axis = ur_study_axis_at(study, over);
      const int at = (int)(row % (size_t)axis.size);
      if (axis.labels != NULL)
        ur_buffer_print(&line, "  %s:", axis.labels[at]);
      else
        ur_buffer_print(&line, "  %s %.6g:", axis.name, place_of(study, &axis, at));
    }
    for (size_t i = 0; i < across; i++) ur_buffer_print(&line, " %.6g", array->values[row * across + i]);
    write_line(c, &line);
  }
}

/* --set key=value: a setting, or an input, of which @FILE gives what is in the file. */
static int give(const cli *c, ur_study *study) {
  for (int i = 0; i < c->set_count; i++) {
    char key[CLI_KEY];
    ur_buffer file = {0};
    const char *value = cli_set(c, i, key);
    if (value == NULL) return CLI_ERROR;
    if (*value == '@') {
      if (!c->host->read_file(c->host->context, value + 1, &file))
        return cli_error(c, "%.300s cannot be read", value + 1);
      ur_buffer_append(&file, "", 0); /* an empty one is a text too */
      if (file.failed) return cli_error(c, "there is no memory left to read %.300s", value + 1);
      value = (const char *)file.data;
    }
    const ur_status status = ur_study_set(study, key, value);
    ur_buffer_free(&file);
    if (status != UR_OK) return cli_last_error(c);
  }
  return CLI_OK;
}

static int run_study(const cli *c, ur_study *study) {
  const double started = c->host->clock_ms(c->host->context);
  ur_study_report report = {0};
  cli_bar bar = {0};
  while (!report.done) {
    if (ur_study_step(study, &report) != UR_OK) return cli_last_error(c);
    cli_progress(c, &bar, report.fraction, c->operand);
  }
  for (int i = 0; i < ur_study_axes(study); i++) {
    const ur_study_axis axis = ur_study_axis_at(study, i);
    print_axis(c, &axis);
  }
  for (int i = 0; i < ur_study_arrays(study); i++) {
    const ur_study_array array = ur_study_array_at(study, i);
    if (c->json)
      json_of_array(c, study, &array);
    else
      table_of_array(c, study, &array);
  }
  const double seconds = (c->host->clock_ms(c->host->context) - started) / 1000;
  if (c->json) cli_print(c, "{\"done\":true,\"study\":\"%s\",\"seconds\":%.3f}\n", c->operand, seconds);
  return CLI_OK;
}

static int run(cli *c) {
  const char *seed = cli_value(c, "seed");
  ur_study *study;
  if (c->operand == NULL) return cli_error(c, "study needs a NAME; unroll list names them");
  if (ur_study_create(c->operand, &study) != UR_OK) return cli_last_error(c);
  int code = give(c, study);
  if (code == CLI_OK && seed != NULL && ur_study_set(study, "seed", seed) != UR_OK) code = cli_last_error(c);
  if (code == CLI_OK) code = run_study(c, study);
  ur_study_free(study);
  return code;
}

const cli_command cli_study = {
    "study",
    "NAME",
    "curves, counts and surfaces from settings and inputs, as arrays with names",
    run,
    {{"set", "KEY=VALUE", NULL, "a setting or an input, many times; @FILE: what is in it"},
     {"seed", "S", NULL, "of everything that is random"}}};
