/* Weights for other programs. */
#include <inttypes.h>
#include <string.h>

#include "command.h"
#include "unroll/pytorch.h"

static int write_to(const cli *c, const char *prefix, const char *end, ur_bytes data) {
  ur_buffer path = {0};
  int code = CLI_OK;
  ur_buffer_print(&path, "%s%s", prefix, end);
  if (path.failed)
    code = cli_error(c, "there is no memory left to write %.300s%s", prefix, end);
  else if (!c->host->write_file(c->host->context, (const char *)path.data, data))
    code = cli_error(c, "%.300s%s cannot be written", prefix, end);
  else if (!c->json)
    cli_print(c, "%.300s%s\n", prefix, end);
  ur_buffer_free(&path);
  return code;
}

static int run(cli *c) {
  const char *format = cli_value(c, "format"), *prefix = cli_value(c, "out");
  ur_buffer file = {0};
  ur_trainer *trainer;
  if (strcmp(format, "pytorch") != 0)
    return cli_error(c, "there is no format %.60s; there is pytorch", format);
  if (prefix == NULL) return cli_error(c, "export needs --out PREFIX");
  int code = cli_load(c, &trainer);
  if (code != CLI_OK) return code;
  if (ur_pytorch_write(trainer, &file) != UR_OK) code = cli_last_error(c);
  if (code == CLI_OK) code = write_to(c, prefix, ".safetensors", (ur_bytes){file.data, file.size});
  if (code == CLI_OK) code = write_to(c, prefix, ".py", ur_pytorch_program());
  if (code == CLI_OK && c->json)
    cli_print(c, "{\"format\":\"pytorch\",\"model\":\"%s\",\"hash\":\"%016" PRIx64 "\"}\n",
              ur_trainer_settings(trainer)->model, ur_trainer_hash(trainer));
  ur_buffer_free(&file);
  ur_trainer_free(trainer);
  return code;
}

const cli_command cli_export = {"export",
                                NULL,
                                "weights as PyTorch's, and the Python that computes with them",
                                run,
                                {{"format", "F", "pytorch", "pytorch"},
                                 {"weights", "FILE", NULL, "as train --out writes them, or PyTorch's"},
                                 {"out", "PREFIX", NULL, "writes PREFIX.safetensors and PREFIX.py"},
                                 CLI_PYTORCH}};
