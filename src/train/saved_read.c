#include "saved.h"

#include <inttypes.h>
#include <string.h>

#include "json.h"
#include "vocabulary.h"

static ur_status need(const ur__saved *saved, const char *key, const char **out) {
  *out = ur__safetensors_meta(&saved->file, key);
  if (*out != NULL) return UR_OK;
  return ur_fail(UR_E_FORMAT, key, "the metadata lacks %s; is this a file of unroll?", key);
}

static ur_status need_number(const ur__saved *saved, const char *key, uint64_t *out) {
  const char *text;
  const ur_status status = need(saved, key, &text);
  if (status != UR_OK) return status;
  ur__json json = ur__json_open(text, strlen(text));
  ur__json_whole(&json, out);
  return ur__json_close(&json, key);
}

/* Turns an error about one of our own things into one about the file. */
static ur_status in_file(ur_status status) {
  const ur_error *error = ur_last_error();
  if (status == UR_OK || status == UR_E_MEMORY) return status;
  return ur_fail(UR_E_FORMAT, error->node, "in the file's metadata: %s", error->message);
}

static ur_status read_settings(ur__saved *saved) {
  const char *model, *task, *seed, *text;
  ur_status status = need(saved, "model", &model);
  if (status == UR_OK) status = need(saved, "task", &task);
  if (status == UR_OK) status = need(saved, "seed", &seed);
  if (status == UR_OK) status = need(saved, "settings", &text);
  if (status == UR_OK) status = in_file(ur_settings_init(&saved->settings, model, task));
  if (status == UR_OK) status = in_file(ur_settings_set(&saved->settings, "seed", seed));
  if (status != UR_OK) return status;
  ur__json json = ur__json_open(text, strlen(text));
  ur_buffer key = {0}, value = {0};
  ur__json_object(&json);
  while (status == UR_OK && ur__json_member(&json, &key) && ur__json_text(&json, &value))
    status = in_file(ur_settings_set(&saved->settings, (const char *)key.data, (const char *)value.data));
  if (status == UR_OK) status = ur__json_close(&json, "settings");
  ur_buffer_free(&key);
  ur_buffer_free(&value);
  return status;
}

static ur_status read_vocabulary(ur__saved *saved) {
  const char *text;
  ur_status status = need(saved, "vocabulary", &text);
  if (status != UR_OK) return status;
  ur__json json = ur__json_open(text, strlen(text));
  ur_buffer token = {0};
  const ur__task *task = ur__task_find(saved->settings.task);
  saved->vocabulary.words = ur__task_pairing(task, ur__task_values(&saved->settings)).words;
  ur__json_array(&json);
  while (status == UR_OK && ur__json_element(&json) && ur__json_text(&json, &token))
    status = in_file(ur__corpus_add_token(&saved->vocabulary, (const char *)token.data));
  if (status == UR_OK) status = ur__json_close(&json, "vocabulary");
  if (status == UR_OK && saved->vocabulary.vocabulary_size <= UR__MARKS)
    status = ur_fail(UR_E_FORMAT, "vocabulary", "the vocabulary in the file has no characters");
  ur_buffer_free(&token);
  return status;
}

/* [[12,"learning_rate","0.001"],...]: kept as text, so only its form is checked. */
static ur_status check_changes(const char *text) {
  ur__json json = ur__json_open(text, strlen(text));
  ur_buffer key = {0};
  uint64_t step;
  ur__json_array(&json);
  while (ur__json_element(&json)) {
    ur__json_array(&json);
    if (ur__json_element(&json)) ur__json_whole(&json, &step);
    while (ur__json_element(&json)) ur__json_text(&json, &key);
  }
  ur_buffer_free(&key);
  const ur_status status = ur__json_close(&json, "changes");
  if (status != UR_OK || (text[0] == '[' && text[strlen(text) - 1] == ']')) return status;
  return ur_fail(UR_E_FORMAT, "changes", "changes in the file's metadata should begin with [ and end with ]");
}

static ur_status read_corpus_hash(ur__saved *saved) {
  const char *text;
  const ur_status status = need(saved, "corpus", &text);
  if (status != UR_OK) return status;
  if (strlen(text) != 16 || strspn(text, "0123456789abcdef") != 16)
    return ur_fail(UR_E_FORMAT, "corpus", "the hash of the text in the file is not 16 hexadecimal digits");
  saved->corpus_hash = 0;
  for (; *text != 0; text++)
    saved->corpus_hash = saved->corpus_hash << 4 | (uint64_t)(*text <= '9' ? *text - '0' : *text - 'a' + 10);
  return UR_OK;
}

static ur_status read_metadata(ur__saved *saved) {
  const char *program, *kind, *changes;
  ur_status status = need(saved, "program", &program);
  if (status == UR_OK && strcmp(program, "unroll") != 0)
    status = ur_fail(UR_E_FORMAT, "program", "the file was written by %.40s, not by unroll", program);
  if (status == UR_OK) status = need(saved, "kind", &kind);
  if (status == UR_OK) status = read_settings(saved);
  if (status == UR_OK) status = read_vocabulary(saved);
  if (status == UR_OK) status = read_corpus_hash(saved);
  if (status == UR_OK) status = need_number(saved, "updates", &saved->updates);
  if (status != UR_OK) return status;
  saved->snapshot = strcmp(kind, "snapshot") == 0;
  if (!saved->snapshot && strcmp(kind, "weights") != 0)
    return ur_fail(UR_E_FORMAT, "kind", "the file is of kind %.40s; it should be weights or snapshot", kind);
  if (!saved->snapshot) return UR_OK;
  status = need_number(saved, "epoch", &saved->epoch);
  if (status == UR_OK) status = need_number(saved, "cursor", &saved->cursor);
  if (status == UR_OK) status = need(saved, "changes", &changes);
  return status == UR_OK ? check_changes(changes) : status;
}

ur_status ur__saved_read(ur_bytes bytes, ur__saved *out) {
  *out = (ur__saved){0};
  ur_status status = ur__safetensors_read(bytes, &out->file);
  if (status == UR_OK) status = read_metadata(out);
  if (status != UR_OK) ur__saved_free(out);
  return status;
}

void ur__saved_free(ur__saved *saved) {
  ur__safetensors_free(&saved->file);
  ur__corpus_free(&saved->vocabulary);
  *saved = (ur__saved){0};
}
