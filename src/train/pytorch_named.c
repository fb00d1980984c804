/* Models whose parameters are PyTorch's one by one, under other names: self-attention by hand, a Transformer.
 * A file of theirs says all its settings, so what is exported, and what PyTorch trained on from it, is a file
 * of ours again once its tensors have our names. */
#include <stdio.h>
#include <string.h>

#include "alloc.h"
#include "json.h"
#include "kernels.h"
#include "pytorch.h"

typedef struct names {
  const char *ours, *theirs;
} names;

static const names matrices[] = {{"E", "embedding.weight"},
                                 {"Q", "query.weight"},
                                 {"K", "key.weight"},
                                 {"V", "value.weight"},
                                 {NULL, NULL}};
static const names whole[] = {{"E", "embedding.weight"},
                              {"b_E", "embedding.bias"},
                              {"P", "position.weight"},
                              {"gamma", "norm.weight"},
                              {"beta", "norm.bias"},
                              {"E_source", "source_embedding.weight"},
                              {"b_E_source", "source_embedding.bias"},
                              {"E_1_source", "source_inner.weight"},
                              {"b_E1_source", "source_inner.bias"},
                              {"P_source", "source_position.weight"},
                              {"gamma_source", "source_norm.weight"},
                              {"beta_source", "source_norm.bias"},
                              {"U", "linear.weight"},
                              {"b_2", "linear.bias"},
                              {NULL, NULL}};
static const names block[] = {{"Q", "query.weight"},
                              {"b_q", "query.bias"},
                              {"K", "key.weight"},
                              {"b_k", "key.bias"},
                              {"V", "value.weight"},
                              {"b_v", "value.bias"},
                              {"W_o", "project.weight"},
                              {"b_o", "project.bias"},
                              {"gamma_1", "norm_1.weight"},
                              {"beta_1", "norm_1.bias"},
                              {"W_1", "inner.weight"},
                              {"b_1", "inner.bias"},
                              {"W_2", "outer.weight"},
                              {"b_2", "outer.bias"},
                              {"gamma_2", "norm_2.weight"},
                              {"beta_2", "norm_2.bias"},
                              {"cross.Q", "cross.query.weight"},
                              {"cross.b_q", "cross.query.bias"},
                              {"cross.K", "cross.key.weight"},
                              {"cross.b_k", "cross.key.bias"},
                              {"cross.V", "cross.value.weight"},
                              {"cross.b_v", "cross.value.bias"},
                              {"cross.W_o", "cross.project.weight"},
                              {"cross.b_o", "cross.project.bias"},
                              {"cross.gamma", "cross.norm.weight"},
                              {"cross.beta", "cross.norm.bias"},
                              {NULL, NULL}};
static const char *const scopes[] = {"blocks.", "decoder.", "encoder."};

int ur__torch_named(const ur__model *model) {
  return model == &ur__gpt || model == &ur__encoder || model == &ur__attention_only ||
         model == &ur__transformer;
}

/* The other name of one, from ours (or to it); 0 where there is none. Blocks count from 1 here, from 0 there.
 */
static int rename_one(const ur__model *model, int to_ours, const char *name, char out[UR__TORCH_NAME]) {
  const names *table = model == &ur__attention_only ? matrices : whole;
  char scope[24] = "";
  for (size_t i = 0; i < sizeof scopes / sizeof *scopes && table == whole; i++) {
    const size_t size = strlen(scopes[i]);
    if (strncmp(name, scopes[i], size) != 0) continue;
    long number = 0;
    const char *end = name + size;
    for (; *end >= '0' && *end <= '9' && number < 100; end++) number = 10 * number + (*end - '0');
    if (*end != '.' || number > 99) return 0;
    snprintf(scope, sizeof scope, "%s%ld.", scopes[i], to_ours ? number + 1 : number - 1);
    name = end + 1;
    table = block;
  }
  for (; table->ours != NULL; table++)
    if (strcmp(name, to_ours ? table->theirs : table->ours) == 0) {
      snprintf(out, UR__TORCH_NAME, "%s%s", scope, to_ours ? table->ours : table->theirs);
      return 1;
    }
  return 0;
}

int ur__torch_theirs(const ur__model *model, const char *ours, char out[UR__TORCH_NAME]) {
  return rename_one(model, 0, ours, out);
}

const ur__model *ur__torch_named_file(const ur__safetensors *file) {
  const char *model = ur__safetensors_meta(file, "model");
  const ur__model *found = model != NULL ? ur__model_find(model) : NULL;
  return found != NULL && ur__torch_named(found) && ur__safetensors_meta(file, "settings") != NULL ? found
                                                                                                   : NULL;
}

ur_status ur__torch_named_describe(const ur__safetensors *file, const ur__model *model, ur_buffer *out) {
  const ur__stored *table = ur__safetensors_find(file, whole[0].theirs);
  int layers = 0;
  if (table == NULL || table->rank != 2)
    return ur_fail(UR_E_FORMAT, "", "the file lacks the tensor %s of a %s", whole[0].theirs, model->name);
  for (int i = 0; i < file->tensor_count; i++) {
    const char *name = file->tensors[i].name; /* an encoder has as many as its decoder */
    layers += strstr(name, block[0].theirs) != NULL && strstr(name, "cross.") == NULL &&
              strncmp(name, "encoder.", 8) != 0;
  }
  const int of_numbers = ur__safetensors_find(file, whole[1].theirs) != NULL; /* [D,E], and no symbols */
  const unsigned long width = (unsigned long)table->shape[!of_numbers];
  ur_buffer_print(
      out,
      "{\"model\":\"%s\",\"cell\":\"attention\",\"layers\":%d,\"directions\":1,\"embedding_size\":%lu,"
      "\"hidden_size\":%lu,\"symbols\":%lu,\"vocabulary\":true,\"activation\":false,\"table\":\"%s\"}",
      model->name, layers, width, width, of_numbers ? 0 : (unsigned long)table->shape[0], table->name);
  return out->failed ? ur_fail(UR_E_MEMORY, "", "there is no memory left to read the file") : UR_OK;
}

/* Metadata and tensors of a file of ours; names: of the tensors. What the three matrices were thrown as is
 * not in the file, so it is what they are. */
static ur_status write_ours(ur__safetensors *file, const ur__model *model, char (*renamed)[UR__TORCH_NAME],
                            ur_buffer *out) {
  static const char *const thrown[] = {"E_0", "Q_0", "K_0"};
  const int count = file->tensor_count, by_hand = model == &ur__attention_only;
  ur__stored *tensors = ur__alloc_array((size_t)count + 3, sizeof *tensors);
  ur__pair *pairs = ur__alloc_array((size_t)file->pair_count + 1, sizeof *pairs);
  ur_status status = UR_E_MEMORY;
  if (tensors == NULL || pairs == NULL) {
    ur_fail(status, "", "there is no memory left to read the weights");
  } else {
    int written = 0;
    for (int i = 0; i < count; i++) {
      ur__stored *stored = &file->tensors[i];
      if (!rename_one(model, 1, stored->name, renamed[i])) continue;
      stored->used = 1;
      tensors[written] = *stored;
      tensors[written++].name = renamed[i];
      for (int k = 0; k < 3 && by_hand; k++)
        if (strcmp(renamed[i], matrices[k].ours) == 0) {
          tensors[written] = *stored;
          tensors[written++].name = thrown[k];
        }
    }
    memcpy(pairs, file->metadata, (size_t)file->pair_count * sizeof *pairs);
    pairs[file->pair_count] = (ur__pair){"program", "unroll"};
    status = ur__safetensors_write(&(ur__safetensors){.tensors = tensors,
                                                      .tensor_count = written,
                                                      .metadata = pairs,
                                                      .pair_count = file->pair_count + 1},
                                   out);
  }
  ur__free(tensors);
  ur__free(pairs);
  return status;
}

ur_status ur__torch_named_read(ur__safetensors *file, const ur__model *model, const ur_pytorch_how *how,
                               ur_tensors_read *told, ur_buffer *out) {
  if (how->model != NULL && strcmp(how->model, model->name) != 0)
    return ur_fail(UR_E_FORMAT, "model", "the file has the shape of a %s, not of a %.30s", model->name,
                   how->model);
  if (how->vocabulary.size > 0 || how->start != NULL || how->end != NULL || how->setting_count > 0)
    return ur_fail(UR_E_SETTING, "", "the file says its symbols and settings itself; leave them out");
  char(*renamed)[UR__TORCH_NAME] = ur__alloc_array((size_t)file->tensor_count + 1, sizeof *renamed);
  if (renamed == NULL) return ur_fail(UR_E_MEMORY, "", "there is no memory left to read the weights");
  ur_buffer ours = {0};
  ur_trainer *trainer = NULL;
  ur_status status = write_ours(file, model, renamed, &ours);
  if (status == UR_OK && ours.failed)
    status = ur_fail(UR_E_MEMORY, "", "there is no memory left to read the weights");
  if (status == UR_OK)
    status = ur_trainer_load((ur_bytes){ours.data, ours.size}, (ur_bytes){NULL, 0}, &trainer);
  if (status == UR_OK) status = ur_trainer_save(trainer, 0, out);
  if (status == UR_OK) *told = ur__tensors_told(file);
  ur_trainer_free(trainer);
  ur_buffer_free(&ours);
  ur__free(renamed);
  return status;
}
