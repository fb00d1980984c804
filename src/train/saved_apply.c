#include "saved.h"

#include <string.h>

#include "kernels.h"
#include "vocabulary.h"

static ur_status find(ur__saved *saved, const char *name, const ur__stored **out) {
  *out = ur__safetensors_take(&saved->file, name);
  return *out != NULL ? UR_OK : ur_fail(UR_E_FORMAT, name, "the file lacks the tensor %.60s", name);
}

static ur_status find_whole(ur__saved *saved, const char *name, const ur__stored **out) {
  const ur_status status = find(saved, name, out);
  if (status != UR_OK || (*out)->dtype == UR__I64) return status;
  return ur_fail(UR_E_FORMAT, name, "tensor %.60s should be I64", name);
}

/* The tensor <prefix><parameter's name>, checked and copied to `values` at the parameter's place. */
static ur_status read_param(ur__saved *saved, const char *prefix, const ur_param_view *view, float *values) {
  ur_buffer name = {0};
  const ur__stored *tensor;
  ur_buffer_print(&name, "%s%s", prefix, view->name);
  if (name.failed) return ur_fail(UR_E_MEMORY, "", "there is no memory left to read the weights");
  ur_status status = find(saved, (const char *)name.data, &tensor);
  if (status == UR_OK) {
    int fits = tensor->rank == view->rank;
    for (int d = 0; fits && d < view->rank; d++) fits = tensor->shape[d] == (uint64_t)view->shape[d];
    if (!fits)
      status = ur_fail(UR_E_FORMAT, tensor->name,
                       "tensor %.60s has not the shape that the settings in the file ask for", tensor->name);
  }
  if (status == UR_OK) status = ur__stored_floats(tensor, values + view->offset);
  if (status == UR_OK) {
    const size_t bad = ur__f32_first_bad(values + view->offset, view->size);
    if (bad < view->size)
      status = ur_fail(UR_E_FORMAT, tensor->name, "tensor %.60s is not a finite number at cell %zu",
                       tensor->name, bad);
  }
  ur_buffer_free(&name);
  return status;
}

static ur_status read_params(ur__saved *saved, const ur__net *net, const char *prefix, float *values) {
  ur_status status = UR_OK;
  for (int i = 0; i < ur_params_count(net->params) && status == UR_OK; i++) {
    const ur_param_view view = ur_params_view(net->params, i);
    status = read_param(saved, prefix, &view, values);
  }
  return status;
}

/* Reads into the room that an update uses for its backup, and copies when all is well. */
static ur_status apply_net(ur__saved *saved, ur__net *net) {
  const size_t n = ur_params_size(net->params);
  const int moments = saved->snapshot ? (int)ur__training_values(&saved->settings)[UR__OPTIMIZER] : 0;
  memset(net->backup, 0, 3 * n * sizeof *net->backup);
  ur_status status = read_params(saved, net, "", net->backup);
  if (status == UR_OK && moments >= 1) status = read_params(saved, net, "first.", net->backup + n);
  if (status == UR_OK && moments >= 2) status = read_params(saved, net, "second.", net->backup + 2 * n);
  if (status != UR_OK) return status;
  memcpy(ur_params_data(net->params), net->backup, n * sizeof *net->backup);
  memcpy(net->first, net->backup + n, 2 * n * sizeof *net->backup);
  return UR_OK;
}

/* Entry i of order k is k tokens within the vocabulary, and entries ascend. */
static int is_ngram(int64_t key, int order, int vocabulary_size) {
  for (int i = 0; i < order; i++, key >>= UR__NGRAM_BITS) {
    if ((key & ((1 << UR__NGRAM_BITS) - 1)) >= vocabulary_size) return 0;
  }
  return key == 0;
}

static ur_status check_counts(const ur__ngram *ngram, size_t entries) {
  for (int k = 1; k <= ngram->order; k++) {
    if (ngram->first[k] < ngram->first[k - 1] || ngram->first[k] > entries)
      return ur_fail(UR_E_FORMAT, "first", "tensor first does not divide the %zu counts into orders",
                     entries);
    for (size_t i = ngram->first[k - 1]; i < ngram->first[k]; i++) {
      if (!is_ngram(ngram->keys[i], k, ngram->vocabulary_size) || ngram->counts[i] < 1 ||
          ngram->counts[i] > UR__CORPUS_MAX * 2 ||
          (i > ngram->first[k - 1] && ngram->keys[i] <= ngram->keys[i - 1]))
        return ur_fail(UR_E_FORMAT, "keys", "entry %zu of keys and counts is not a count of %d tokens", i, k);
    }
  }
  if (ngram->first[0] == 0 && ngram->first[ngram->order] == entries) return UR_OK;
  return ur_fail(UR_E_FORMAT, "first", "tensor first does not divide the %zu counts into orders", entries);
}

static ur_status apply_counts(ur__saved *saved, ur__ngram *ngram) {
  const ur__stored *first, *keys, *counts;
  ur__ngram read;
  ur_status status = find_whole(saved, "first", &first);
  if (status == UR_OK) status = find_whole(saved, "keys", &keys);
  if (status == UR_OK) status = find_whole(saved, "counts", &counts);
  if (status != UR_OK) return status;
  if (first->size != ((size_t)ngram->order + 1) * 8 || keys->size != counts->size)
    return ur_fail(UR_E_FORMAT, "first", "tensors first, keys and counts do not fit together");
  status = ur__ngram_create(ngram->order, ngram->kappa, ngram->vocabulary_size, keys->size / 8, &read);
  if (status != UR_OK) return status;
  memcpy(read.keys, keys->data, keys->size);
  memcpy(read.counts, counts->data, counts->size);
  for (int k = 0; k <= read.order; k++) {
    int64_t at;
    memcpy(&at, (const uint8_t *)first->data + 8 * k, 8);
    read.first[k] = at < 0 ? SIZE_MAX : (size_t)at;
  }
  status = check_counts(&read, keys->size / 8);
  if (status == UR_OK) {
    const ur__ngram old = *ngram;
    *ngram = read;
    read = old;
  }
  ur__ngram_free(&read);
  return status;
}

ur_status ur__saved_apply(ur__saved *saved, ur_trainer *trainer) {
  ur_buffer changes = {0};
  ur_status status = UR_OK;
  if (saved->snapshot) {
    const char *text = ur__safetensors_meta(&saved->file, "changes");
    if (saved->cursor > trainer->batches.sides.train)
      return ur_fail(UR_E_FORMAT, "cursor", "the snapshot stands beyond the end of its text");
    ur_buffer_append(&changes, text + 1, strlen(text) - 2);
    if (changes.failed) status = ur_fail(UR_E_MEMORY, "", "there is no memory left to read the snapshot");
  }
  ur__net graphs = {0};
  if (status == UR_OK) status = ur__trainer_graphs(trainer, &saved->settings, &graphs);
  if (status == UR_OK)
    status =
        trainer->model->counting ? apply_counts(saved, &trainer->ngram) : apply_net(saved, &trainer->net);
  if (status != UR_OK) {
    ur__net_free(&graphs);
    ur_buffer_free(&changes);
    return status;
  }
  ur_buffer_free(&trainer->changes);
  trainer->changes = changes;
  ur__trainer_change(trainer, &saved->settings, &graphs);
  trainer->step = saved->snapshot || trainer->model->counting ? saved->updates : 0;
  if (trainer->batches.sides.train > 0) {
    const uint64_t epoch = saved->snapshot ? saved->epoch : 0;
    const uint32_t cursor = saved->snapshot ? (uint32_t)saved->cursor : 0;
    ur__batches_seek(&trainer->batches, epoch, cursor);
  }
  return UR_OK;
}

ur_status ur_trainer_load(ur_bytes bytes, ur_bytes text, ur_trainer **out) {
  ur__saved saved;
  ur__corpus corpus = {0};
  *out = NULL;
  ur_status status = ur__saved_read(bytes, &saved);
  if (status != UR_OK) return status;
  const ur__task *task = ur__task_find(saved.settings.task);
  const double *values = ur__task_values(&saved.settings);
  if (text.data == NULL) text = ur__task_text(task, values);
  if (ur__makes_examples(task)) {
    status = ur__examples_corpus(task, values, text, &corpus);
    if (status == UR_OK && !ur__vocabulary_same(&saved.vocabulary, &corpus))
      status = ur_fail(UR_E_FORMAT, "vocabulary", "the vocabulary in the file is not that of its task");
    if (status == UR_OK && saved.snapshot && corpus.hash != saved.corpus_hash)
      status = ur_fail(UR_E_TEXT, "", "the snapshot was made with %s points; open it together with %s",
                       saved.corpus_hash != 0 ? "other" : "the task's own",
                       saved.corpus_hash != 0 ? "them" : "no others");
  } else if (text.data != NULL) {
    status = ur__trainer_corpus(task, values, text, &saved.vocabulary, &corpus);
    if (status == UR_OK && saved.snapshot && corpus.hash != saved.corpus_hash)
      status =
          ur_fail(UR_E_TEXT, "", "the snapshot was made with another text; open it together with its own");
  } else if (saved.snapshot) {
    status =
        ur_fail(UR_E_TEXT, "", "the snapshot was made with a text of your own; open it together with it");
  } else {
    corpus = saved.vocabulary;
    corpus.longest = UR__SEQUENCE_MAX;
    corpus.pieces = task->kind == UR__PIECES;
  }
  if (status == UR_OK)
    status = ur__trainer_build(&saved.settings, &corpus, out);
  else
    ur__corpus_free(&corpus);
  if (status == UR_OK) status = ur__saved_apply(&saved, *out);
  if (status == UR_OK) {
    (*out)->tensors = ur__tensors_told(&saved.file);
  } else {
    ur_trainer_free(*out);
    *out = NULL;
  }
  ur__saved_free(&saved);
  return status;
}

static ur_status check_same_run(const ur__saved *saved, const ur_trainer *trainer) {
  const ur_settings *a = &saved->settings, *b = &trainer->settings;
  int same = saved->snapshot && a->model == b->model && a->task == b->task && a->seed == b->seed &&
             saved->corpus_hash == trainer->corpus.hash &&
             ur__vocabulary_same(&saved->vocabulary, &trainer->corpus);
  for (int i = 0; same && i < a->count; i++) same = a->rows[i]->live || a->values[i] == b->values[i];
  return same
             ? UR_OK
             : ur_fail(UR_E_STATE, "", "this is not a snapshot of the run that is going on; open it instead");
}

ur_status ur_trainer_restore(ur_trainer *trainer, ur_bytes snapshot) {
  ur__saved saved;
  ur_status status = ur__saved_read(snapshot, &saved);
  if (status != UR_OK) return status;
  status = check_same_run(&saved, trainer);
  if (status == UR_OK) status = ur__saved_apply(&saved, trainer);
  ur__saved_free(&saved);
  return status;
}
