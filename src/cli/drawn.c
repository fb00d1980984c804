/* sample --draws: what each draw was made of. trace --cached: what is kept of each token, and what that
 * saves. */
#include "unroll/drawn.h"

#include <math.h>
#include <string.h>

#include "command.h"
#include "json.h"
#include "unroll/cached.h"

static void print_token(const ur_trainer *trainer, int32_t token, ur_buffer *line) {
  const char *text = ur_trainer_token(trainer, token);
  ur_buffer_print(line, "\"token\":");
  ur__json_string(line, text, strlen(text));
}

int cli_draws(const cli *c, ur_trainer *trainer, const ur_sampling *how, uint64_t index, const char *prefix) {
  ur_drawn drawn;
  if (ur_drawn_read(trainer, how, index, prefix, &drawn) != UR_OK) return cli_last_error(c);
  const float *const columns[] = {drawn.logits, drawn.divided, drawn.given, drawn.warmed, drawn.left};
  static const char *const names[] = {"logits", "divided", "given", "warmed", "left"};
  for (int t = 0; t < drawn.steps; t++) {
    const size_t row = (size_t)t * (size_t)drawn.size;
    ur_buffer line = {0};
    ur_buffer_print(&line, "{\"draw\":%d,", t + 1);
    print_token(trainer, drawn.tokens[t], &line);
    ur_buffer_print(&line, ",\"u\":");
    ur__json_number(&line, drawn.u[t]);
    for (int k = 0; k < 5; k++) {
      ur_buffer_print(&line, ",\"%s\":", names[k]);
      if (isnan(columns[k][row])) /* z / 0 */
        ur_buffer_print(&line, "null");
      else
        cli_row(columns[k] + row, drawn.size, &line);
    }
    ur_buffer_print(&line, ",\"order\":[");
    for (int i = 0; i < drawn.size; i++)
      ur_buffer_print(&line, "%s%d", i > 0 ? "," : "", (int)drawn.order[row + (size_t)i]);
    ur_buffer_print(&line, "]}");
    cli_write(c, &line);
    ur_buffer_free(&line);
  }
  ur_drawn_free(&drawn);
  return CLI_OK;
}

static void print_kept(const char *name, const float *cells, int block, const ur_cached *cached, int t,
                       ur_buffer *line) {
  const size_t row = ((size_t)block * (size_t)cached->steps + (size_t)t) * (size_t)cached->width;
  ur_buffer_print(line, "%s\"%s\":", name[0] == 'k' ? "{" : ",", name);
  cli_row(cells + row, cached->width, line);
}

int cli_cached(const cli *c, ur_trainer *trainer, const char *text) {
  ur_cached cached;
  if (ur_cached_read(trainer, text, &cached) != UR_OK) return cli_last_error(c);
  for (int t = 0; t < cached.steps; t++) {
    ur_buffer line = {0};
    ur_buffer_print(&line, "{\"step\":%d,", t + 1);
    print_token(trainer, cached.tokens[t], &line);
    ur_buffer_print(&line, ",\"apart\":%.0f,\"multiply_adds\":{\"kept\":%.0f,\"anew\":%.0f},\"blocks\":[",
                    (double)cached.apart[t], cached.work_kept[t], cached.work_anew[t]);
    for (int l = 0; l < cached.blocks; l++) {
      if (l > 0) ur_buffer_print(&line, ",");
      print_kept("key", cached.keys, l, &cached, t, &line);
      print_kept("value", cached.values, l, &cached, t, &line);
      ur_buffer_print(&line, "}");
    }
    ur_buffer_print(&line, "],\"next\":");
    cli_row(cached.kept + (size_t)t * (size_t)cached.size, cached.size, &line);
    ur_buffer_print(&line, "}");
    cli_write(c, &line);
    ur_buffer_free(&line);
  }
  ur_cached_free(&cached);
  return CLI_OK;
}
