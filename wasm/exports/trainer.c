/* Training runs. */
#include "exports.h"

#include <stdlib.h>
#include <string.h>

#include "unroll/texts.h"

#define TEXT_MAX 64 /* of a setting's value */

/* Settings come as fields: key, value, key, value ...; the model and the task among them. */
static ur_status read_settings(uint32_t offset, uint32_t size, ur_settings *out) {
  ur_bytes bytes = uw_input_bytes(offset, size);
  if (!bytes.data) return UR_E_ARGUMENT;
  if (size > 0 && bytes.data[size - 1] != 0)
    return ur_fail(UR_E_ARGUMENT, "settings", "The last setting has no end.");
  const char *model = "", *task = "", *end = (const char *)bytes.data + size;
  for (int pass = 0; pass < 2; pass++) {
    for (const char *key = (const char *)bytes.data; key < end;) {
      const char *value = key + strlen(key) + 1;
      if (value >= end) return ur_fail(UR_E_ARGUMENT, key, "The setting %s has no value.", key);
      int is_model = strcmp(key, "model") == 0, is_task = strcmp(key, "task") == 0;
      if (is_model) model = value;
      if (is_task) task = value;
      ur_status status = pass && !is_model && !is_task ? ur_settings_set(out, key, value) : UR_OK;
      if (status != UR_OK) return status;
      key = value + strlen(value) + 1;
    }
    ur_status status = pass ? UR_OK : ur_settings_init(out, model, task);
    if (status != UR_OK) return status;
  }
  return UR_OK;
}

/* Result: the name of the text that comes with these settings' task. */
UW_EXPORT(text_name) int uw_text_name(uint32_t settings, uint32_t settings_size) {
  ur_settings set;
  char name[64];
  const ur_status status = read_settings(settings, settings_size, &set);
  if (status != UR_OK) return status;
  ur_text_name(&set, name, sizeof name);
  ur_buffer_print(uw_result(), "%s", name);
  return uw_result_done();
}

UW_EXPORT(text_bring)
int uw_text_bring(uint32_t name, uint32_t name_size, uint32_t text, uint32_t text_size) {
  const char *n = uw_input_text(name, name_size);
  const ur_bytes bytes = uw_input_bytes(text, text_size);
  return n && bytes.data ? ur_text_bring(n, bytes) : UR_E_ARGUMENT;
}

static ur_status read_corpus(int given, uint32_t offset, uint32_t size, ur_bytes *out) {
  *out = given ? uw_input_bytes(offset, size) : (ur_bytes){NULL, 0};
  return given && !out->data ? UR_E_ARGUMENT : UR_OK;
}

static void free_trainer(void *trainer) { ur_trainer_free(trainer); }

UW_EXPORT(trainer_create)
int uw_trainer_create(uint32_t settings, uint32_t settings_size, int own_corpus, uint32_t corpus,
                      uint32_t corpus_size) {
  ur_settings set;
  ur_bytes lines;
  ur_trainer *trainer;
  if (read_settings(settings, settings_size, &set) != UR_OK) return 0;
  if (read_corpus(own_corpus, corpus, corpus_size, &lines) != UR_OK) return 0;
  if (ur_trainer_create(&set, lines, &trainer) != UR_OK) return 0;
  return uw_handle_put(UW_TRAINER, trainer, free_trainer, 0);
}

UW_EXPORT(trainer_load)
int uw_trainer_load(uint32_t file, uint32_t file_size, int own_corpus, uint32_t corpus,
                    uint32_t corpus_size) {
  ur_bytes bytes = uw_input_bytes(file, file_size), lines;
  ur_trainer *trainer;
  if (!bytes.data || read_corpus(own_corpus, corpus, corpus_size, &lines) != UR_OK) return 0;
  if (ur_trainer_load(bytes, lines, &trainer) != UR_OK) return 0;
  return uw_handle_put(UW_TRAINER, trainer, free_trainer, 0);
}

/* Result: fields, as read_settings takes them. */
UW_EXPORT(trainer_settings) int uw_trainer_settings(int handle) {
  ur_trainer *trainer = uw_handle_get(UW_TRAINER, handle);
  if (!trainer) return UR_E_ARGUMENT;
  const ur_settings *set = ur_trainer_settings(trainer);
  ur_buffer *out = uw_result();
  uw_result_field("model"), uw_result_field(set->model);
  uw_result_field("task"), uw_result_field(set->task);
  uw_result_field("seed"), ur_buffer_print(out, "%llu", (unsigned long long)set->seed), uw_result_field("");
  for (int row = 0; row < set->count; row++) {
    char text[TEXT_MAX];
    ur_status status = ur_setting_text(set, row, text, sizeof text);
    if (status != UR_OK) return status;
    uw_result_field(set->rows[row]->key);
    uw_result_field(text);
  }
  return uw_result_done();
}

UW_EXPORT(trainer_set)
int uw_trainer_set(int handle, uint32_t key, uint32_t key_size, uint32_t value, uint32_t value_size) {
  ur_trainer *trainer = uw_handle_get(UW_TRAINER, handle);
  const char *k = uw_input_text(key, key_size), *v = uw_input_text(value, value_size);
  return trainer && k && v ? ur_trainer_set(trainer, k, v) : UR_E_ARGUMENT;
}

/* Numbers: step, loss, gradient's norm, rate, tokens. */
UW_EXPORT(trainer_step) int uw_trainer_step(int handle) {
  ur_trainer *trainer = uw_handle_get(UW_TRAINER, handle);
  ur_step_report report;
  if (!trainer) return UR_E_ARGUMENT;
  ur_status status = ur_trainer_step(trainer, &report);
  if (status != UR_OK) return status;
  uw_numbers[0] = (double)report.step, uw_numbers[1] = report.loss, uw_numbers[2] = report.grad_norm;
  uw_numbers[3] = report.rate, uw_numbers[4] = report.tokens;
  return UR_OK;
}

/* Numbers: loss, tokens, sequences, share of right answers. */
static void evaluated(const ur_evaluation *e) {
  uw_numbers[0] = e->loss, uw_numbers[1] = (double)e->tokens, uw_numbers[2] = (double)e->sequences;
  uw_numbers[3] = e->right;
}

/* Numbers: as above. */
UW_EXPORT(trainer_evaluate) int uw_trainer_evaluate(int handle, int validation) {
  ur_trainer *trainer = uw_handle_get(UW_TRAINER, handle);
  ur_evaluation e;
  if (!trainer) return UR_E_ARGUMENT;
  ur_status status = ur_trainer_evaluate(trainer, validation, &e);
  if (status == UR_OK) evaluated(&e);
  return status;
}

/* Numbers: as above, over unseen sequences of so many symbols. */
UW_EXPORT(trainer_evaluate_at) int uw_trainer_evaluate_at(int handle, int length) {
  ur_trainer *trainer = uw_handle_get(UW_TRAINER, handle);
  ur_evaluation e;
  if (!trainer) return UR_E_ARGUMENT;
  ur_status status = ur_trainer_evaluate_at(trainer, length, &e);
  if (status == UR_OK) evaluated(&e);
  return status;
}

/* Numbers: pairs, of how many both are right, and one. */
UW_EXPORT(trainer_pairs) int uw_trainer_pairs(int handle) {
  ur_trainer *trainer = uw_handle_get(UW_TRAINER, handle);
  ur_pairs pairs = {0};
  if (!trainer) return UR_E_ARGUMENT;
  const ur_status status = ur_trainer_pairs(trainer, &pairs);
  uw_numbers[0] = pairs.pairs, uw_numbers[1] = pairs.both, uw_numbers[2] = pairs.one;
  return status;
}

/* Numbers: updates, parameters. */
UW_EXPORT(trainer_counts) int uw_trainer_counts(int handle) {
  ur_trainer *trainer = uw_handle_get(UW_TRAINER, handle);
  if (!trainer) return UR_E_ARGUMENT;
  const ur_params *params = ur_trainer_params(trainer);
  uw_numbers[0] = (double)ur_trainer_updates(trainer);
  uw_numbers[1] = params ? (double)ur_params_size(params) : 0;
  return UR_OK;
}

/* Numbers: sequences trained on and unseen; different ones among these; different symbols in these. Result:
 * int32 tokens that stand in unseen ones only. */
UW_EXPORT(trainer_sequences) int uw_trainer_sequences(int handle) {
  ur_trainer *trainer = uw_handle_get(UW_TRAINER, handle);
  if (!trainer) return UR_E_ARGUMENT;
  const ur_sequences s = ur_trainer_sequences(trainer);
  const uint32_t numbers[] = {s.train,         s.validation,        s.train_distinct, s.validation_distinct,
                              s.train_symbols, s.validation_symbols};
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) uw_numbers[i] = numbers[i];
  const int size = ur_trainer_vocabulary_size(trainer);
  int32_t *tokens = calloc((size_t)size, sizeof *tokens);
  if (!tokens) return ur_fail(UR_E_MEMORY, "", "There is no memory for the tokens of a text.");
  const int count = ur_trainer_unlearned(trainer, tokens, size);
  ur_buffer_append(uw_result(), tokens, (size_t)count * sizeof *tokens);
  free(tokens);
  return uw_result_done();
}

/* Result: JSON, as ur_tensors_json says. */
UW_EXPORT(trainer_tensors) int uw_trainer_tensors(int handle) {
  ur_trainer *trainer = uw_handle_get(UW_TRAINER, handle);
  if (!trainer) return UR_E_ARGUMENT;
  ur_tensors_json(ur_trainer_tensors(trainer), uw_result());
  return uw_result_done();
}

/* Of an unknown handle: 0, which is the hash of nothing. */
UW_EXPORT(trainer_hash) uint64_t uw_trainer_hash(int handle) {
  ur_trainer *trainer = uw_handle_get(UW_TRAINER, handle);
  return trainer ? ur_trainer_hash(trainer) : 0;
}

/* Result: a field a token. */
UW_EXPORT(trainer_vocabulary) int uw_trainer_vocabulary(int handle) {
  ur_trainer *trainer = uw_handle_get(UW_TRAINER, handle);
  if (!trainer) return UR_E_ARGUMENT;
  uw_result();
  for (int i = 0; i < ur_trainer_vocabulary_size(trainer); i++) uw_result_field(ur_trainer_token(trainer, i));
  return uw_result_done();
}

/* Result: int32 tokens of a text, without the marks. */
UW_EXPORT(trainer_encode) int uw_trainer_encode(int handle, uint32_t text, uint32_t text_size) {
  ur_trainer *trainer = uw_handle_get(UW_TRAINER, handle);
  const char *t = uw_input_text(text, text_size);
  int count;
  if (!trainer || !t) return UR_E_ARGUMENT;
  /* No token is shorter than a byte. */
  int32_t *tokens = calloc((size_t)text_size + 1, sizeof *tokens);
  if (!tokens) return ur_fail(UR_E_MEMORY, "", "There is no memory for the tokens of a text.");
  ur_status status = ur_trainer_encode(trainer, t, tokens, (int)text_size + 1, &count);
  if (status == UR_OK) ur_buffer_append(uw_result(), tokens, (size_t)count * sizeof *tokens);
  free(tokens);
  return status == UR_OK ? uw_result_done() : status;
}

/* Result: the text. */
UW_EXPORT(trainer_sample)
int uw_trainer_sample(int handle, double temperature, int top_k, double top_p, double index, uint32_t prefix,
                      uint32_t prefix_size) {
  ur_trainer *trainer = uw_handle_get(UW_TRAINER, handle);
  const char *text = uw_input_text(prefix, prefix_size);
  const ur_sampling how = {temperature, top_k, top_p};
  uint64_t i;
  if (!trainer || !text || uw_whole(index, "index", &i) != UR_OK) return UR_E_ARGUMENT;
  ur_status status = ur_trainer_sample(trainer, &how, i, text, uw_result());
  return status == UR_OK ? uw_result_done() : status;
}

/* Result: the text. */
UW_EXPORT(trainer_example) int uw_trainer_example(int handle, double index) {
  ur_trainer *trainer = uw_handle_get(UW_TRAINER, handle);
  uint64_t i;
  if (!trainer || uw_whole(index, "index", &i) != UR_OK) return UR_E_ARGUMENT;
  ur_status status = ur_trainer_example(trainer, i, uw_result());
  return status == UR_OK ? uw_result_done() : status;
}

/* Result: [V] floats before sampling's changes, then [V] after. */
UW_EXPORT(trainer_next)
int uw_trainer_next(int handle, double temperature, int top_k, double top_p, uint32_t text,
                    uint32_t text_size) {
  ur_trainer *trainer = uw_handle_get(UW_TRAINER, handle);
  const char *t = uw_input_text(text, text_size);
  const ur_sampling how = {temperature, top_k, top_p};
  if (!trainer || !t) return UR_E_ARGUMENT;
  size_t size = (size_t)ur_trainer_vocabulary_size(trainer);
  float *both = calloc(2 * size, sizeof *both);
  if (!both) return ur_fail(UR_E_MEMORY, "", "There is no memory for a distribution.");
  ur_status status = ur_trainer_next(trainer, &how, t, both, both + size);
  ur_buffer_append(uw_result(), both, 2 * size * sizeof *both);
  free(both);
  return status == UR_OK ? uw_result_done() : status;
}

UW_EXPORT(trainer_save) int uw_trainer_save(int handle, int snapshot) {
  ur_trainer *trainer = uw_handle_get(UW_TRAINER, handle);
  if (!trainer) return UR_E_ARGUMENT;
  ur_status status = ur_trainer_save(trainer, snapshot, uw_result());
  return status == UR_OK ? uw_result_done() : status;
}

UW_EXPORT(trainer_restore) int uw_trainer_restore(int handle, uint32_t snapshot, uint32_t size) {
  ur_trainer *trainer = uw_handle_get(UW_TRAINER, handle);
  ur_bytes bytes = uw_input_bytes(snapshot, size);
  return trainer && bytes.data ? ur_trainer_restore(trainer, bytes) : UR_E_ARGUMENT;
}
