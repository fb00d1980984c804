/* What a run can be, as JSON, so that no other language mirrors a list of ours; and a node of a tape. */
#include "describe.h"

#include <string.h>

#include "json.h"
#include "trainer.h"

const char *ur_simd_name(void) {
#if defined(UR_SIMD_SCALAR)
  return "scalar";
#elif defined(__SSE2__)
  return "sse2";
#elif defined(UR_SIMD_RELAXED)
  return "relaxed";
#elif defined(__wasm_simd128__)
  return "simd128";
#else
  return "scalar";
#endif
}

void ur__describe_text(ur_buffer *out, const char *text) { ur__json_string(out, text, strlen(text)); }

void ur__describe_field(ur_buffer *out, const char *key, const char *text) {
  if (out->failed) return; /* it may hold nothing at all */
  const char before = out->data[out->size - 1];
  ur_buffer_print(out, "%s\"%s\":", before == '{' ? "" : ",", key);
  ur__describe_text(out, text);
}

static void write_choices(ur_buffer *out, const ur_setting *setting) {
  size_t length;
  ur_buffer_print(out, ",\"choices\":[");
  for (const char *at = setting->choices; at != NULL; at = at[length] == '|' ? at + length + 1 : NULL) {
    length = strcspn(at, "|");
    if (at != setting->choices) ur_buffer_print(out, ",");
    ur__json_string(out, at, length);
  }
  ur_buffer_print(out, "]");
}

static void write_setting(ur_buffer *out, const ur_setting *setting) {
  static const char *const types[] = {"int", "real", "choice"};
  ur_buffer_print(out, "{");
  ur__describe_field(out, "key", setting->key);
  ur__describe_field(out, "type", types[setting->type]);
  if (setting->type == UR_SETTING_CHOICE) {
    const char *at = setting->choices;
    for (int i = 0; i < (int)setting->def; i++) at += strcspn(at, "|") + 1;
    ur_buffer_print(out, ",\"default\":");
    ur__json_string(out, at, strcspn(at, "|"));
  } else {
    ur_buffer_print(out, ",\"default\":%.17g", setting->def);
  }
  ur_buffer_print(out, ",\"min\":%.17g,\"max\":%.17g", setting->min, setting->max);
  write_choices(out, setting);
  ur_buffer_print(out, ",\"live\":%s,\"built\":%s", setting->live ? "true" : "false",
                  setting->built ? "true" : "false");
  ur__describe_field(out, "help", setting->help);
  ur_buffer_print(out, "}");
}

void ur__describe_settings(ur_buffer *out, const char *key, const ur_setting *rows, int count) {
  ur_buffer_print(out, ",\"%s\":[", key);
  for (int i = 0; i < count; i++) {
    if (i > 0) ur_buffer_print(out, ",");
    write_setting(out, &rows[i]);
  }
  ur_buffer_print(out, "]");
}

static void write_ops(ur_buffer *out) {
  int first = 1;
  ur_buffer_print(out, ",\"ops\":[");
  for (int op = 0; op < UR_OP_COUNT; op++) {
    const ur_op_info *info = ur_op_describe((ur_op)op);
    if (info == NULL || op == UR_OP_LEAF) continue;
    ur_buffer_print(out, first ? "{" : ",{");
    first = 0;
    ur__describe_field(out, "name", info->name);
    ur__describe_field(out, "formula", info->formula);
    ur_buffer_print(out, ",\"inputs\":%d,\"fused\":%s}", info->inputs, info->fused ? "true" : "false");
  }
  ur_buffer_print(out, "]");
}

static void write_tasks(ur_buffer *out, const ur__model *model) {
  int first = 1;
  ur_buffer_print(out, ",\"tasks\":[");
  for (int t = 0; t < ur__task_count; t++) {
    if (!ur__fits(model, &ur__tasks[t])) continue;
    if (!first) ur_buffer_print(out, ",");
    first = 0;
    ur__describe_text(out, ur__tasks[t].name);
  }
  ur_buffer_print(out, "]");
}

void ur__describe_runs(ur_buffer *out) {
  ur_buffer_print(out, "\"abi\":%d,\"simd\":\"%s\",\"status\":[", UR_ABI, ur_simd_name());
  for (int i = 0; i < UR_STATUS_COUNT; i++) {
    if (i > 0) ur_buffer_print(out, ",");
    ur__describe_text(out, ur_status_name((ur_status)i));
  }
  ur_buffer_print(out, "]");
  write_ops(out);
  ur_buffer_print(out, ",\"models\":[");
  for (int i = 0; i < ur__model_count; i++) {
    const ur__model *model = ur__models[i];
    ur_buffer_print(out, i > 0 ? ",{" : "{");
    ur__describe_field(out, "name", model->name);
    ur__describe_field(out, "help", model->help);
    ur_buffer_print(out, ",\"counting\":%s,\"answers\":%s", model->counting ? "true" : "false",
                    ur__answers_once(model) ? "true" : "false");
    write_tasks(out, model);
    ur__describe_settings(out, "settings", model->settings, model->setting_count);
    ur_buffer_print(out, "}");
  }
  ur_buffer_print(out, "],\"tasks\":[");
  for (int i = 0; i < ur__task_count; i++) {
    const ur__task *task = &ur__tasks[i];
    ur_buffer_print(out, i > 0 ? ",{" : "{");
    ur__describe_field(out, "name", task->name);
    ur__describe_field(out, "help", task->help);
    ur_buffer_print(out, ",\"answers\":%s",
                    task->right == UR__RIGHT_TOKEN || task->kind == UR__ADDING ? "true" : "false");
    ur__describe_settings(out, "settings", task->settings, task->setting_count);
    ur_buffer_print(out, "}");
  }
  ur_buffer_print(out, "]");
  ur__describe_settings(out, "training", ur__training_settings, UR__TRAINING_SETTINGS);
}

void ur_describe_runs(ur_buffer *out) {
  ur_buffer_print(out, "{");
  ur__describe_runs(out);
  ur_buffer_print(out, "}");
}

/* ---- one node ---- */

static void write_cells(ur_buffer *out, const ur_node_view *node, const void *cells) {
  size_t count = 1;
  for (int d = 0; d < node->rank; d++) count *= (size_t)node->shape[d];
  ur_buffer_print(out, "[");
  for (size_t i = 0; i < count; i++) {
    if (i > 0) ur_buffer_print(out, ",");
    if (node->dtype == UR_INDEX)
      ur_buffer_print(out, "%d", (int)((const int32_t *)cells)[i]);
    else
      ur__json_number(out, node->dtype == UR_F64 ? ((const double *)cells)[i] : ((const float *)cells)[i]);
  }
  ur_buffer_print(out, "]");
}

static void write_edges(ur_tape *tape, const ur_node_view *node, ur_buffer *out) {
  ur_buffer_print(out, ",\"edges\":[");
  for (int k = 0; k < node->n_inputs; k++) {
    const ur_node_view input = ur_tape_node(tape, node->inputs[k]);
    const void *edge = ur_tape_edge(tape, node->id, k);
    if (k > 0) ur_buffer_print(out, ",");
    if (edge != NULL)
      write_cells(out, &input, edge);
    else
      ur_buffer_print(out, "null");
  }
  ur_buffer_print(out, "]");
}

void ur_node_json(ur_tape *tape, int id, int values, int gradients, ur_buffer *out) {
  static const char *const roles[] = {"input", "parameter", "activation", "constant", "loss"};
  const ur_node_view node = ur_tape_node(tape, id);
  const ur_op_info *info = ur_op_describe(node.op);
  const void *grad = ur_tape_grad(tape, id);
  ur_buffer_print(out, "{");
  ur__describe_field(out, "path", node.path);
  ur__describe_field(out, "op", node.op == UR_OP_LEAF || info == NULL ? "leaf" : info->name);
  ur__describe_field(out, "role", roles[node.role]);
  ur__describe_field(out, "axes", node.axes);
  ur_buffer_print(out, ",\"shape\":[");
  for (int d = 0; d < node.rank; d++) ur_buffer_print(out, "%s%d", d > 0 ? "," : "", node.shape[d]);
  ur_buffer_print(out, "],\"time\":%d,\"inputs\":[", node.time);
  for (int k = 0; k < node.n_inputs; k++) {
    if (k > 0) ur_buffer_print(out, ",");
    ur__describe_text(out, ur_tape_node(tape, node.inputs[k]).path);
  }
  ur_buffer_print(out, "]");
  if (values) {
    ur_buffer_print(out, ",\"value\":");
    write_cells(out, &node, ur_tape_value(tape, id));
  }
  if (gradients && grad != NULL) {
    ur_buffer_print(out, ",\"grad\":");
    write_cells(out, &node, grad);
  }
  if (gradients && node.n_inputs > 0) write_edges(tape, &node, out);
  ur_buffer_print(out, "}");
}
