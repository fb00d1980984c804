/* What an unrolled graph takes: sequential steps, a way between two nodes, operations, bytes. */
#include <inttypes.h>
#include <string.h>

#include "alloc.h"
#include "command.h"
#include "json.h"
#include "trainer.h"
#include "unroll/layers.h"
#include "unroll/steps.h"

#define BATCH_MAX 1024

/* A list of the paths of `ids`: ["a","b"] in JSON, else a < b. */
static void write_way(const cli *c, const ur_tape *tape, const int *ids, int count, ur_buffer *out) {
  for (int i = 0; i < count; i++) {
    const char *path = ur_tape_node(tape, ids[i]).path;
    ur_buffer_print(out, "%s", i == 0 ? "" : c->json ? "," : " > ");
    if (c->json)
      ur__json_string(out, path, strlen(path));
    else
      ur_buffer_print(out, "%s", path);
  }
}

static void print_line(const cli *c, ur_buffer *line) {
  cli_write(c, line);
  ur_buffer_free(line);
}

static void print_nodes(const cli *c, const ur_tape *tape, const int *steps) {
  for (int id = 0; c->json && id < ur_tape_count(tape); id++) {
    const ur_node_view node = ur_tape_node(tape, id);
    ur_buffer line = {0};
    ur_buffer_print(&line, "{\"path\":");
    ur__json_string(&line, node.path, strlen(node.path));
    ur_buffer_print(&line, ",\"op\":\"%s\",\"steps\":%d}", ur_op_describe(node.op)->name, steps[id]);
    print_line(c, &line);
  }
}

static void print_work(const cli *c, const char *name, const ur_work *work) {
  cli_print(c,
            c->json ? "{\"work\":\"%s\",\"nodes\":%" PRIu64 ",\"multiply_adds\":%" PRIu64
                      ",\"others\":%" PRIu64 ",\"bytes\":%" PRIu64 "}\n"
                    : "%-15s %8" PRIu64 " %14" PRIu64 " %12" PRIu64 " %12" PRIu64 "\n",
            name, work->nodes, work->multiply_adds, work->others, work->bytes);
}

static int print_all_work(const cli *c, const ur_tape *tape) {
  ur_work work[UR_OP_COUNT], all = {0};
  if (ur_steps_work(tape, work) != UR_OK) return cli_last_error(c);
  if (!c->json) cli_print(c, "%-15s %8s %14s %12s %12s\n", "op", "nodes", "multiply-adds", "others", "bytes");
  for (int op = 0; op < UR_OP_COUNT; op++) {
    if (work[op].nodes > 0) print_work(c, ur_op_describe((ur_op)op)->name, &work[op]);
    all.nodes += work[op].nodes;
    all.multiply_adds += work[op].multiply_adds;
    all.others += work[op].others;
    all.bytes += work[op].bytes;
  }
  print_work(c, "all", &all);
  return CLI_OK;
}

static int print_longest(const cli *c, const ur_tape *tape, int *way) {
  ur_buffer line = {0};
  int count;
  if (ur_steps_longest(tape, UR_NODE_NONE, way, &count) != UR_OK) return cli_last_error(c);
  ur_buffer_print(&line, c->json ? "{\"steps\":%d,\"longest\":[" : "%d sequential steps, the longest way\n  ",
                  count - 1);
  write_way(c, tape, way, count, &line);
  if (c->json) ur_buffer_print(&line, "]}");
  print_line(c, &line);
  return CLI_OK;
}

/* The node that an option names; UR_NODE_NONE after an error line. */
static int node_of(const cli *c, const ur_tape *tape, const char *option) {
  const char *path = cli_value(c, option);
  const int id = ur_tape_find(tape, path);
  if (id == UR_NODE_NONE)
    cli_error(c, "--%s: this graph has no node %.60s; unroll steps --json names them all", option, path);
  return id;
}

static int print_way(const cli *c, const ur_tape *tape, int from, int to, int *way) {
  ur_buffer line = {0};
  int count;
  if (ur_steps_way(tape, from, to, way, &count) != UR_OK) return cli_last_error(c);
  if (c->json) {
    ur_buffer_print(&line, "{\"distance\":");
    ur_buffer_print(&line, count > 0 ? "%d" : "null", count - 1);
    ur_buffer_print(&line, ",\"way\":[");
    write_way(c, tape, way, count, &line);
    ur_buffer_print(&line, "]}");
  } else if (count > 0) {
    ur_buffer_print(&line, "%d steps from one to the other, the shortest way\n  ", count - 1);
    write_way(c, tape, way, count, &line);
  } else {
    ur_buffer_print(&line, "%s is not made from %s", cli_value(c, "to"), cli_value(c, "from"));
  }
  print_line(c, &line);
  return CLI_OK;
}

static int print_tape(const cli *c, const ur_tape *tape) {
  int from = UR_NODE_NONE, to = UR_NODE_NONE;
  if (cli_value(c, "from") != NULL &&
      ((from = node_of(c, tape, "from")) == UR_NODE_NONE || (to = node_of(c, tape, "to")) == UR_NODE_NONE))
    return CLI_ERROR;
  int *ids = ur__alloc_array((size_t)ur_tape_count(tape), sizeof *ids);
  if (ids == NULL) return cli_error(c, "there is no memory left to count the steps of a graph");
  int code = ur_steps_all(tape, ids) == UR_OK ? CLI_OK : cli_last_error(c);
  if (code == CLI_OK) print_nodes(c, tape, ids);
  if (code == CLI_OK) code = print_all_work(c, tape);
  if (code == CLI_OK) code = print_longest(c, tape, ids);
  if (code == CLI_OK && to != UR_NODE_NONE) code = print_way(c, tape, from, to, ids);
  ur__free(ids);
  return code;
}

static int run(cli *c) {
  ur_settings settings;
  ur_trainer *trainer;
  ur_tape *tape;
  double length, source, batch, recent;
  if (!cli_number(c, "length", 1, UR_STEPS_MAX, &length) ||
      !cli_number(c, "source", 1, UR_STEPS_MAX, &source) || !cli_number(c, "batch", 1, BATCH_MAX, &batch) ||
      !cli_number(c, "recent", 0, UR_STEPS_MAX, &recent))
    return CLI_ERROR;
  if ((cli_value(c, "from") == NULL) != (cli_value(c, "to") == NULL))
    return cli_error(c, "a way needs --from NODE and --to NODE");
  int code = cli_settings(c, &settings);
  if (code != CLI_OK) return code;
  if (ur_trainer_create(&settings, (ur_bytes){NULL, 0}, &trainer) != UR_OK) return cli_last_error(c);
  ur_tape_options options = {
      .dtype = UR_F32, .batch = (int)batch, .length = (int)length, .source = (int)source};
  if (recent > 0) options.length = (int)recent, options.source = (int)length;
  const ur__lowering lowering = recent > 0 ? UR__COUNTED : UR__UNROLLED;
  if (trainer->model->counting) {
    code = cli_error(c, "%s only counts; it has no graph", settings.model);
  } else if (recent > 0 && trainer->model->keeps == NULL) {
    code = cli_error(c, "--recent: %s keeps nothing of single tokens", settings.model);
  } else if (recent > length) {
    code = cli_error(c, "--recent: of %g tokens %g cannot be new", length, recent);
  } else if (ur__net_tape(&settings, trainer->net.params, lowering, &options, &tape) != UR_OK) {
    code = cli_last_error(c);
  } else {
    code = print_tape(c, tape);
    ur_tape_free(tape);
  }
  ur_trainer_free(trainer);
  return code;
}

const cli_command cli_steps = {
    "steps",
    NULL,
    "what an unrolled graph takes: sequential steps, ways, operations, bytes",
    run,
    {{"model", "M", "rnn_lm", "see unroll list"},
     {"task", "T", "names", "see unroll list"},
     {"set", "KEY=VALUE", NULL, "a setting; may be given many times"},
     {"length", "T", "8", "steps of a sequence"},
     {"source", "S", "8", "steps of what is read before, where there is such"},
     {"batch", "B", "1", "sequences"},
     {"recent", "N", "0", "of gpt, of writing a token: so many of the steps are new, the rest is kept"},
     {"from", "NODE", NULL, "the shortest way from this node, by its path"},
     {"to", "NODE", NULL, "to this one"}}};
