#include <stdio.h>
#include <string.h>

#include "alloc.h"
#include "examples.h"
#include "trainer.h"
#include "vocabulary.h"
#include "unroll/measure.h"

static ur_status no_memory(void) {
  return ur_fail(UR_E_MEMORY, "", "there is no memory left to read a long text");
}

/* A language model reads <start> c_1 ... c_n, all of the text; its targets are nobody's business here. */
static ur_status read_tokens(const ur_trainer *trainer, const char *text, ur__batch *out) {
  int32_t *x = ur__batch_tokens(out, "x");
  int n = 0;
  const ur_status status = ur__corpus_encode(&trainer->corpus, text, x + 1, UR_UNITS_MAX, &n);
  if (status != UR_OK) return status;
  if (n == 0) return ur_fail(UR_E_TEXT, "", "the text is empty; write at least one character");
  x[0] = UR__START;
  out->length = n + 1;
  return UR_OK;
}

static ur_status read_text(const ur_trainer *trainer, const char *text, ur__batch *out) {
  if (!ur__makes_examples(trainer->task)) return read_tokens(trainer, text, out);
  return ur__example_read(trainer->task, ur__task_values(&trainer->settings), &trainer->corpus, text,
                          UR_UNITS_MAX, out);
}

/* The text through a graph of its own, made for its length. */
static ur_status run(ur_trainer *trainer, const ur__batch *batch, ur_tape **out) {
  const ur_tape_options options = {.dtype = UR_F32, .batch = 1, .length = batch->length};
  ur_status status = ur__net_tape(&trainer->settings, trainer->net.params, UR__NEXT, &options, out);
  if (status == UR_OK) status = ur__net_feed(*out, batch);
  return status == UR_OK ? ur_tape_forward(*out) : status;
}

static const float *layer_values(ur_tape *tape, int layers, int layer, const char *name, int *width) {
  char path[32];
  snprintf(path, sizeof path, "layer%d.%s", layer, name);
  const int id = ur_tape_find(tape, layers > 1 ? path : name);
  if (id == UR_NODE_NONE) return NULL;
  const ur_node_view node = ur_tape_node(tape, id);
  *width = node.shape[node.rank - 1];
  return ur_tape_value(tape, id);
}

static ur_status read_units(ur_trainer *trainer, const char *text, int layer, ur__batch *batch,
                            ur_units *out) {
  static const char *const names[] = {"", "", "", "rzn", "ifgo"};
  const int layers = (int)ur_setting_get(&trainer->settings, "num_layers");
  int gates = 0;
  if (ur__reads_source(trainer->model))
    return ur_fail(UR_E_STATE, "",
                   "%s reads sources and never a long text; its states are in its walk (unroll trace)",
                   trainer->model->name);
  if (layers < 1)
    return ur_fail(UR_E_STATE, "", "%s has no recurrent layers; there is no state", trainer->model->name);
  if (layer < 1 || layer > layers)
    return ur_fail(UR_E_ARGUMENT, "", "the model has %d recurrent layers; there is no layer %d", layers,
                   layer);
  ur_status status = read_text(trainer, text, batch);
  if (status == UR_OK) status = run(trainer, batch, &out->tape);
  if (status != UR_OK) return status;
  out->steps = batch->length;
  const int32_t *x = ur__batch_tokens(batch, "x");
  if (x != NULL) out->tokens = memcpy(out->read, x, (size_t)batch->length * sizeof *x);
  out->h = layer_values(out->tape, layers, layer, "h", &out->hidden);
  out->c = layer_values(out->tape, layers, layer, "c", &out->hidden);
  out->gates = layer_values(out->tape, layers, layer, "gates", &gates);
  out->gate_names = names[gates / out->hidden];
  return UR_OK;
}

ur_status ur_units_read(ur_trainer *trainer, const char *text, int layer, ur_units *out) {
  ur__batch batch;
  *out = (ur_units){.gate_names = ""};
  out->read = ur__alloc_array(UR_UNITS_MAX + 1, sizeof *out->read);
  ur_status status = out->read != NULL ? UR_OK : no_memory();
  if (status == UR_OK) status = ur__batch_room(trainer->task->arrays, 1, UR_UNITS_MAX + 1, 0, &batch);
  if (status == UR_OK) {
    status = read_units(trainer, text, layer, &batch, out);
    ur__batch_free(&batch);
  }
  if (status != UR_OK) ur_units_free(out);
  return status;
}

void ur_units_free(ur_units *units) {
  ur_tape_free(units->tape);
  ur__free(units->read);
  *units = (ur_units){.gate_names = ""};
}
