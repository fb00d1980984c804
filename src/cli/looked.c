/* trace --looked: what a Transformer looks at over a text, and what of it mattered. */
#include "unroll/looked.h"

#include <stdio.h>
#include <string.h>

#include "command.h"
#include "json.h"

void cli_row(const float *row, int count, ur_buffer *line) {
  ur_buffer_print(line, "[");
  for (int i = 0; i < count; i++) {
    if (i > 0) ur_buffer_print(line, ",");
    ur__json_number(line, row[i]);
  }
  ur_buffer_print(line, "]");
}

static void print_square(const cli *c, const char *head, const char *name, const float *cells, int T) {
  ur_buffer line = {0};
  ur_buffer_print(&line, "{%s,\"%s\":[", head, name);
  for (int t = 0; t < T; t++) {
    if (t > 0) ur_buffer_print(&line, ",");
    cli_row(cells + (size_t)t * (size_t)T, T, &line);
  }
  ur_buffer_print(&line, "]}");
  cli_write(c, &line);
  ur_buffer_free(&line);
}

static void print_asked(const cli *c, const ur_trainer *trainer, const ur_looked *looked) {
  const char *token = ur_trainer_token(trainer, looked->token);
  ur_buffer line = {0};
  ur_buffer_print(&line, "{\"at\":%d,\"token\":", looked->at);
  ur__json_string(&line, token, strlen(token));
  ur_buffer_print(&line, ",\"score\":");
  ur__json_number(&line, looked->score);
  ur_buffer_print(&line, ",\"gradient_times_input\":");
  cli_row(looked->times, looked->steps, &line);
  ur_buffer_print(&line, ",\"gradient_size\":");
  cli_row(looked->sizes, looked->steps, &line);
  ur_buffer_print(&line, ",\"depth\":");
  cli_row(looked->depth, looked->blocks + 1, &line);
  ur_buffer_print(&line, "}");
  cli_write(c, &line);
  ur_buffer_free(&line);
}

/* The number of a token by its text; -1 for none, -2 after an error line. */
static int token_of(const cli *c, const ur_trainer *trainer) {
  const char *text = cli_value(c, "token");
  for (int i = 0; text != NULL && i < ur_trainer_vocabulary_size(trainer); i++)
    if (strcmp(ur_trainer_token(trainer, i), text) == 0) return i;
  if (text == NULL) return -1;
  cli_error(c, "--token: the vocabulary has no %.60s", text);
  return -2;
}

int cli_looked(const cli *c, ur_trainer *trainer, const char *text) {
  ur_looked looked;
  char head[48];
  double at;
  if (!cli_number(c, "at", 0, 1e6, &at)) return CLI_ERROR;
  const int token = token_of(c, trainer);
  if (token < -1) return CLI_ERROR;
  if (ur_looked_read(trainer, text, (int)at, token, &looked) != UR_OK) return cli_last_error(c);
  const size_t square = (size_t)looked.steps * (size_t)looked.steps;
  for (int l = 0; l < looked.blocks; l++) {
    for (int a = 0; a < looked.heads; a++) {
      snprintf(head, sizeof head, "\"block\":%d,\"head\":%d", l + 1, a + 1);
      print_square(c, head, "weights", looked.weights + (size_t)(l * looked.heads + a) * square,
                   looked.steps);
    }
    snprintf(head, sizeof head, "\"block\":%d", l + 1);
    print_square(c, head, "rollout", looked.rollout + (size_t)l * square, looked.steps);
  }
  print_asked(c, trainer, &looked);
  ur_looked_free(&looked);
  return CLI_OK;
}
