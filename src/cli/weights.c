/* Weights from a file: ours, or those of PyTorch with what it does not say of itself. */
#include <string.h>

#include "command.h"
#include "unroll/pytorch.h"

static void print_converted(const cli *c, int count, const char *dtype) {
  if (count > 0) cli_error(c, "%d tensor%s converted from %s", count, count == 1 ? " was" : "s were", dtype);
}

void cli_tensors(const cli *c, const ur_tensors_read *tensors) {
  ur_buffer names = {0};
  print_converted(c, tensors->f16, "F16");
  print_converted(c, tensors->bf16, "BF16");
  print_converted(c, tensors->f64, "F64");
  if (tensors->unused == 0) return;
  for (int i = 0; i < tensors->unused && i < UR_UNUSED_NAMED; i++)
    ur_buffer_print(&names, "%s%s", i > 0 ? ", " : "", tensors->names[i]);
  if (tensors->unused > UR_UNUSED_NAMED)
    ur_buffer_print(&names, " and %d more", tensors->unused - UR_UNUSED_NAMED);
  cli_error(c, "the model does not use %d of the file's tensors: %s", tensors->unused,
            names.failed ? "" : (const char *)names.data);
  ur_buffer_free(&names);
}

/* The file named by --vocabulary; or, where the weights do not name their symbols, a JSON beside them that
 * has their name. None: `out` stays empty. */
static int read_vocabulary(const cli *c, const char *path, int named, ur_buffer *out) {
  static const char end[] = ".json";
  const char *dot = strrchr(path, '.'), *slash = strrchr(path, '/');
  const size_t stem = dot != NULL && (slash == NULL || dot > slash) ? (size_t)(dot - path) : strlen(path);
  if (named || cli_given(c, "vocabulary")) return cli_read(c, "vocabulary", out);
  ur_buffer beside = {0};
  ur_buffer_append(&beside, path, stem);
  ur_buffer_append(&beside, end, sizeof end - 1);
  if (!beside.failed && !c->host->read_file(c->host->context, (const char *)beside.data, out)) {
    ur_buffer_free(out);
    *out = (ur_buffer){0};
  }
  ur_buffer_free(&beside);
  return CLI_OK;
}

/* Replaces a file of PyTorch by one of ours, and says what was done with its tensors. */
static int from_pytorch(const cli *c, const char *path, int named, ur_buffer *file) {
  ur_buffer vocabulary = {0}, ours = {0};
  ur_tensors_read told;
  const char *activation[] = {"activation", cli_value(c, "activation")};
  int code = read_vocabulary(c, path, named, &vocabulary);
  const ur_pytorch_how how = {.vocabulary = {vocabulary.data, vocabulary.size},
                              .start = cli_value(c, "start"),
                              .end = cli_value(c, "end"),
                              .model = cli_value(c, "as"),
                              .settings = activation,
                              .setting_count = activation[1] != NULL};
  if (code == CLI_OK && ur_pytorch_read((ur_bytes){file->data, file->size}, &how, &told, &ours) != UR_OK)
    code = cli_last_error(c);
  ur_buffer_free(&vocabulary);
  if (code == CLI_OK) {
    cli_tensors(c, &told);
    ur_buffer_free(file);
    *file = ours;
  } else {
    ur_buffer_free(&ours);
  }
  return code;
}

int cli_weights(const cli *c, const char *option, ur_buffer *out) {
  static const char *const of_pytorch[] = {"vocabulary", "start", "end", "as", "activation"};
  const char *path = cli_value(c, option);
  int code = cli_read(c, option, out);
  if (code != CLI_OK || path == NULL) return code;
  const int pytorch = ur_is_pytorch((ur_bytes){out->data, out->size});
  if (pytorch) return from_pytorch(c, path, pytorch == 2, out);
  for (size_t i = 0; i < sizeof of_pytorch / sizeof *of_pytorch; i++)
    if (cli_given(c, of_pytorch[i]))
      return cli_error(c, "%.300s is no file of PyTorch's and says this itself; leave out --%s", path,
                       of_pytorch[i]);
  return CLI_OK;
}

int cli_load(const cli *c, ur_trainer **out) {
  ur_buffer weights = {0}, corpus = {0};
  *out = NULL;
  if (cli_value(c, "weights") == NULL) return cli_error(c, "%s needs --weights FILE", c->command->name);
  int code = cli_weights(c, "weights", &weights);
  if (code == CLI_OK) code = cli_read(c, "corpus", &corpus);
  if (code == CLI_OK && ur_trainer_load((ur_bytes){weights.data, weights.size},
                                        (ur_bytes){corpus.data, corpus.size}, out) != UR_OK)
    code = cli_last_error(c);
  if (code == CLI_OK) cli_tensors(c, ur_trainer_tensors(*out));
  ur_buffer_free(&weights);
  ur_buffer_free(&corpus);
  return code;
}
