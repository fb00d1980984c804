#include <inttypes.h>
#include <string.h>

#include "alloc.h"
#include "json.h"
#include "saved.h"

enum { PAIRS = 13, TENSORS = UR__TENSORS_MAX };

typedef struct writing {
  const ur_trainer *trainer;
  ur_buffer text;                          /* keys, values and names, each with its NUL */
  size_t pairs[2 * PAIRS], names[TENSORS]; /* where each begins in text, which moves while it grows */
  ur__stored tensors[TENSORS];
  int pair_count, tensor_count;
} writing;

static void end_text(writing *w) { ur_buffer_append(&w->text, "", 1); }

static void begin_pair(writing *w, const char *key) {
  w->pairs[2 * w->pair_count] = w->text.size;
  ur_buffer_print(&w->text, "%s", key);
  end_text(w);
  w->pairs[2 * w->pair_count++ + 1] = w->text.size;
}

static void write_pair(writing *w, const char *key, const char *value) {
  begin_pair(w, key);
  ur_buffer_print(&w->text, "%s", value);
  end_text(w);
}

static void write_number(writing *w, const char *key, uint64_t value) {
  begin_pair(w, key);
  ur_buffer_print(&w->text, "%" PRIu64, value);
  end_text(w);
}

void ur__saved_settings(const ur_settings *settings, ur_buffer *out) {
  char before = '{';
  for (int i = 0; i < settings->count; i++) {
    char text[64] = "";
    if (settings->rows[i]->later && settings->values[i] == settings->rows[i]->def) continue;
    ur_setting_text(settings, i, text, sizeof text);
    ur_buffer_print(out, "%c\"%s\":\"%s\"", before, settings->rows[i]->key, text);
    before = ',';
  }
  ur_buffer_print(out, "}");
}

static void write_settings(writing *w) {
  begin_pair(w, "settings");
  ur__saved_settings(&w->trainer->settings, &w->text);
  end_text(w);
}

static void write_vocabulary(writing *w) {
  const ur__corpus *corpus = &w->trainer->corpus;
  begin_pair(w, "vocabulary");
  for (int i = 0; i < corpus->vocabulary_size; i++) {
    ur_buffer_print(&w->text, i == 0 ? "[" : ",");
    ur__json_string(&w->text, corpus->texts[i], strlen(corpus->texts[i]));
  }
  ur_buffer_print(&w->text, "]");
  end_text(w);
}

static void write_metadata(writing *w, int snapshot) {
  const ur_trainer *trainer = w->trainer;
  write_pair(w, "format", "pt"); /* what PyTorch's loaders look for */
  write_pair(w, "program", "unroll");
  write_pair(w, "kind", snapshot ? "snapshot" : "weights");
  write_pair(w, "model", trainer->settings.model);
  write_pair(w, "task", trainer->settings.task);
  write_number(w, "seed", trainer->settings.seed);
  write_number(w, "updates", trainer->step);
  write_settings(w);
  write_vocabulary(w);
  begin_pair(w, "corpus");
  ur_buffer_print(&w->text, "%016" PRIx64, trainer->corpus.hash);
  end_text(w);
  if (!snapshot) return;
  write_number(w, "epoch", trainer->batches.epoch);
  write_number(w, "cursor", trainer->batches.cursor);
  begin_pair(w, "changes");
  ur_buffer_print(&w->text, "[%s]", trainer->changes.size > 0 ? (const char *)trainer->changes.data : "");
  end_text(w);
}

static ur__stored *begin_tensor(writing *w, const char *prefix, const char *name, const void *data,
                                size_t size) {
  ur__stored *tensor = &w->tensors[w->tensor_count];
  w->names[w->tensor_count++] = w->text.size;
  ur_buffer_print(&w->text, "%s%s", prefix, name);
  end_text(w);
  *tensor = (ur__stored){.dtype = UR__F32, .data = data, .size = size};
  return tensor;
}

static void write_params(writing *w, const char *prefix, const float *values) {
  const ur__net *net = &w->trainer->net;
  for (int i = 0; i < ur_params_count(net->params); i++) {
    const ur_param_view view = ur_params_view(net->params, i);
    ur__stored *tensor = begin_tensor(w, prefix, view.name, values + view.offset, view.size * sizeof *values);
    tensor->rank = view.rank;
    for (int d = 0; d < view.rank; d++) tensor->shape[d] = (uint64_t)view.shape[d];
  }
}

static void write_whole(writing *w, const char *name, const int64_t *values, size_t count) {
  ur__stored *tensor = begin_tensor(w, "", name, values, count * sizeof *values);
  tensor->dtype = UR__I64;
  tensor->rank = 1;
  tensor->shape[0] = count;
}

ur_status ur_trainer_save(const ur_trainer *trainer, int snapshot, ur_buffer *out) {
  const ur__ngram *ngram = &trainer->ngram;
  int64_t first[UR__NGRAM_ORDER_MAX + 1];
  ur__pair pairs[PAIRS];
  if (!trainer->model->counting && 3 * ur_params_count(trainer->net.params) > TENSORS)
    return ur_fail(UR_E_STATE, "", "the model has more tensors than a file of weights may hold");
  writing *w = ur__alloc(sizeof *w);
  if (w == NULL) return ur_fail(UR_E_MEMORY, "", "there is no memory left to write the weights");
  w->trainer = trainer;
  write_metadata(w, snapshot);
  if (trainer->model->counting) {
    for (int k = 0; k <= ngram->order; k++) first[k] = (int64_t)ngram->first[k];
    write_whole(w, "first", first, (size_t)ngram->order + 1);
    write_whole(w, "keys", ngram->keys, ngram->first[ngram->order]);
    write_whole(w, "counts", ngram->counts, ngram->first[ngram->order]);
  } else {
    const int moments = snapshot ? (int)ur__training_values(&trainer->settings)[UR__OPTIMIZER] : 0;
    write_params(w, "", ur_params_data(trainer->net.params));
    if (moments >= 1) write_params(w, "first.", trainer->net.first);
    if (moments >= 2) write_params(w, "second.", trainer->net.second);
  }
  ur_status status = UR_E_MEMORY;
  if (!w->text.failed) {
    const char *text = (const char *)w->text.data;
    for (int i = 0; i < w->pair_count; i++)
      pairs[i] = (ur__pair){text + w->pairs[2 * i], text + w->pairs[2 * i + 1]};
    for (int i = 0; i < w->tensor_count; i++) w->tensors[i].name = text + w->names[i];
    status = ur__safetensors_write(&(ur__safetensors){.tensors = w->tensors,
                                                      .tensor_count = w->tensor_count,
                                                      .metadata = pairs,
                                                      .pair_count = w->pair_count},
                                   out);
  } else {
    ur_fail(status, "", "there is no memory left to write the weights");
  }
  ur_buffer_free(&w->text);
  ur__free(w);
  return status;
}
