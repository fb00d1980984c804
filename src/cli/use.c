/* What weights are good for: eval, sample, trace, gradcheck. */
#include <inttypes.h>
#include <string.h>

#include "command.h"
#include "json.h"
#include "unroll/decode.h"

static void print_losses(const cli *c, const ur_trainer *trainer, const ur_evaluation *seen,
                         const ur_evaluation *unseen) {
  const ur_settings *settings = ur_trainer_settings(trainer);
  if (c->json) {
    ur_buffer line = {0};
    ur_buffer_print(&line,
                    "{\"model\":\"%s\",\"task\":\"%s\",\"seed\":%" PRIu64
                    ",\"loss\":%.9g,\"val_loss\":%.9g,\"tokens\":%" PRIu64 ",\"val_tokens\":%" PRIu64
                    ",\"right\":%.9g,\"hash\":\"%016" PRIx64 "\",\"sequences\":",
                    settings->model, settings->task, settings->seed, seen->loss, unseen->loss, seen->tokens,
                    unseen->tokens, unseen->right, ur_trainer_hash(trainer));
    cli_sequences_json(trainer, &line);
    ur_buffer_print(&line, "}");
    cli_write(c, &line);
    ur_buffer_free(&line);
    return;
  }
  if (unseen->right >= 0)
    cli_print(c, "%s on %s: %.4f nats and %.4f right on %" PRIu64 " unseen\n", settings->model,
              settings->task, unseen->loss, unseen->right, unseen->sequences);
  else if (ur_setting_get(settings, "validation_share") == 0)
    cli_print(c, "%s on %s: %s %.6f on %" PRIu64 " unseen\n", settings->model, settings->task,
              strcmp(settings->task, "sentence") == 0 ? "mean answer" : "squared error", unseen->loss,
              unseen->sequences);
  else
    cli_print(c,
              "%s on %s: %.4f nats a token on %" PRIu64 " sequences it was trained on, %.4f on %" PRIu64
              " unseen\n",
              settings->model, settings->task, seen->loss, seen->sequences, unseen->loss, unseen->sequences);
  cli_sequences(c, trainer);
}

/* How many are written right, and how many tokens are the likeliest, by the length of the source. */
static void print_groups(const cli *c, const ur_group groups[UR_GROUPS]) {
  ur_buffer line = {0};
  int first = 1;
  ur_buffer_print(&line, c->json ? "{\"by_length\":[" : "  length  sources  right  tokens right");
  for (int n = 0; n < UR_GROUPS; n++) {
    const ur_group *g = &groups[n];
    if (g->sequences == 0) continue;
    if (c->json)
      ur_buffer_print(&line,
                      "%s{\"length\":%d,\"sequences\":%" PRIu64 ",\"right\":%" PRIu64 ",\"tokens\":%" PRIu64
                      ",\"tokens_right\":%" PRIu64 "}",
                      first ? "" : ",", n, g->sequences, g->right, g->tokens, g->tokens_right);
    else
      ur_buffer_print(&line, "\n  %6d  %7" PRIu64 "  %.3f  %.3f", n, g->sequences,
                      (double)g->right / (double)g->sequences, (double)g->tokens_right / (double)g->tokens);
    first = 0;
  }
  if (c->json) ur_buffer_print(&line, "]}");
  cli_write(c, &line);
  ur_buffer_free(&line);
}

static int run_eval(cli *c) {
  ur_trainer *trainer;
  ur_evaluation seen, unseen;
  int code = cli_load(c, &trainer);
  if (code != CLI_OK) return code;
  if (ur_trainer_evaluate(trainer, 0, &seen) != UR_OK || ur_trainer_evaluate(trainer, 1, &unseen) != UR_OK)
    code = cli_last_error(c);
  else
    print_losses(c, trainer, &seen, &unseen);
  ur_group groups[UR_GROUPS];
  if (code == CLI_OK && ur_trainer_reads_source(trainer)) {
    if (ur_trainer_groups(trainer, 1, groups) == UR_OK)
      print_groups(c, groups);
    else
      code = cli_last_error(c);
  }
  ur_trainer_free(trainer);
  return code;
}

static void print_beam_node(const cli *c, const ur_trainer *trainer, const ur_beam *beam, int i) {
  static const char *const fates[] = {"cut", "kept", "ended", "left"};
  const ur_beam_node *node = &beam->nodes[i];
  const char *token = ur_trainer_token(trainer, node->token);
  ur_buffer line = {0};
  if (c->json) {
    ur_buffer_print(&line, "{\"node\":%d,\"parent\":%d,\"step\":%d,\"token\":", i, node->parent, node->step);
    ur__json_string(&line, token, strlen(token));
    ur_buffer_print(&line, ",\"log_probability\":");
    ur__json_number(&line, node->log_probability);
    ur_buffer_print(&line, ",\"total\":");
    ur__json_number(&line, node->total);
    ur_buffer_print(&line, ",\"score\":");
    ur__json_number(&line, node->score);
    ur_buffer_print(&line, ",\"fate\":\"%s\"}", fates[node->fate]);
  } else {
    ur_buffer_print(&line, "%*s%s  %.3f  sum %.3f  %s", 2 * node->step, "", token, node->log_probability,
                    node->total, fates[node->fate]);
  }
  cli_write(c, &line);
  ur_buffer_free(&line);
}

/* The tree of a search, node by node, and what was found. */
static int search(const cli *c, ur_trainer *trainer, int width, double normalisation) {
  ur_beam beam;
  ur_buffer text = {0}, line = {0};
  if (ur_trainer_beam(trainer, cli_value(c, "prefix"), width, normalisation, &beam) != UR_OK)
    return cli_last_error(c);
  for (int i = 0; i < beam.count; i++) print_beam_node(c, trainer, &beam, i);
  ur_buffer_append(&text, "", 0);
  ur_beam_text(trainer, &beam, beam.best, &text);
  if (c->json) {
    ur_buffer_print(&line, "{\"best\":%d,\"text\":", beam.best);
    ur__json_string(&line, (const char *)text.data, text.size);
    ur_buffer_print(&line, "}");
  } else {
    ur_buffer_print(&line, "%s", (const char *)text.data);
  }
  cli_write(c, &line);
  ur_buffer_free(&text);
  ur_buffer_free(&line);
  ur_beam_free(&beam);
  return CLI_OK;
}

static int sample(const cli *c, ur_trainer *trainer, const ur_sampling *how, uint64_t first, uint64_t count) {
  const char *prefix = cli_value(c, "prefix");
  ur_buffer text = {0}, line = {0};
  int code = CLI_OK;
  for (uint64_t i = first; i < first + count && code == CLI_OK; i++) {
    text.size = line.size = 0;
    ur_buffer_append(&text, "", 0);
    if (ur_trainer_sample(trainer, how, i, prefix, &text) != UR_OK) {
      code = cli_last_error(c);
    } else if (c->json) {
      ur_buffer_print(&line, "{\"index\":%" PRIu64 ",\"sample\":", i);
      ur__json_string(&line, (const char *)text.data, text.size);
      ur_buffer_print(&line, "}");
      cli_write(c, &line);
    } else {
      cli_write(c, &text);
    }
  }
  ur_buffer_free(&text);
  ur_buffer_free(&line);
  return code;
}

static int run_sample(cli *c) {
  double temperature, top_k, top_p, first, count, beam, normalisation;
  ur_trainer *trainer;
  if (!cli_number(c, "temperature", 0, 1000, &temperature) || !cli_number(c, "top-k", 0, 512, &top_k) ||
      !cli_number(c, "top-p", 0, 1, &top_p) || !cli_number(c, "count", 1, 1e6, &count) ||
      !cli_number(c, "first", 0, 1e9, &first) || !cli_number(c, "beam", 0, UR_BEAM_MAX, &beam) ||
      !cli_number(c, "normalisation", 0, 2, &normalisation))
    return CLI_ERROR;
  int code = cli_load(c, &trainer);
  if (code != CLI_OK) return code;
  ur_trainer_keep(trainer, cli_value(c, "anew") == NULL);
  const ur_sampling how = {.temperature = temperature, .top_k = (int)top_k, .top_p = top_p};
  if (beam >= 1)
    code = search(c, trainer, (int)beam, normalisation);
  else if (cli_value(c, "draws") != NULL)
    code = cli_draws(c, trainer, &how, (uint64_t)first, cli_value(c, "prefix"));
  else
    code = sample(c, trainer, &how, (uint64_t)first, (uint64_t)count);
  ur_trainer_free(trainer);
  return code;
}

static void trace_update(const cli *c, ur_trainer *trainer, ur_walk *walk) {
  for (int i = 0; i < ur_params_count(ur_trainer_params(trainer)); i++) {
    const ur_param_view view = ur_params_view(ur_trainer_params(trainer), i);
    const ur_update_line *lines;
    int count = 0;
    if (ur_walk_update(walk, i, &lines, &count) != UR_OK) return;
    for (int l = 0; l < count; l++) {
      ur_buffer line = {0};
      ur_buffer_print(&line, "{\"parameter\":\"%s\",\"line\":\"%s\",\"value\":[", view.name, lines[l].name);
      for (size_t k = 0; k < view.size; k++) {
        if (k > 0) ur_buffer_print(&line, ",");
        ur__json_number(&line, lines[l].values[k]);
      }
      ur_buffer_print(&line, "]}");
      cli_write(c, &line);
      ur_buffer_free(&line);
    }
  }
}

static int run_trace(cli *c) {
  const int update = cli_value(c, "update") != NULL, backward = update || cli_value(c, "backward") != NULL;
  const char *text = cli_value(c, "input");
  ur_trainer *trainer;
  ur_walk *walk = NULL;
  const char *target = cli_value(c, "target");
  const int own = cli_value(c, "guess") != NULL;
  if (text == NULL) return cli_error(c, "trace needs --input TEXT");
  if (own && target != NULL) return cli_error(c, "--guess is in the place of --target; give one of them");
  int code = cli_load(c, &trainer);
  if (code != CLI_OK) return code;
  int (*const other)(const cli *, ur_trainer *, const char *) = cli_value(c, "looked") != NULL   ? cli_looked
                                                                : cli_value(c, "cached") != NULL ? cli_cached
                                                                : cli_value(c, "rolled") != NULL ? cli_rolled
                                                                : cli_value(c, "covered") != NULL
                                                                    ? cli_covered
                                                                    : NULL;
  if (other != NULL) {
    code = other(c, trainer, text);
    ur_trainer_free(trainer);
    return code;
  }
  const ur_status status = own || target != NULL ? ur_walk_create_pair(trainer, text, target, &walk)
                                                 : ur_walk_create(trainer, text, &walk);
  if (status != UR_OK) {
    code = cli_last_error(c);
  } else {
    ur_tape *tape = ur_walk_tape(walk);
    const int graph = ur_tape_walk_length(tape);
    if (ur_walk_to(walk, update ? ur_walk_length(walk) : backward ? graph : graph / 2) != UR_OK)
      code = cli_last_error(c);
    for (int id = 0; code == CLI_OK && id < ur_tape_count(tape); id++) {
      ur_buffer line = {0};
      ur_node_json(tape, id, 1, backward, &line);
      cli_write(c, &line);
      ur_buffer_free(&line);
    }
    if (code == CLI_OK && update) trace_update(c, trainer, walk);
  }
  ur_walk_free(walk);
  ur_trainer_free(trainer);
  return code;
}

static int run_gradcheck(cli *c) {
  static const double tolerance = 1e-6;
  ur_settings settings;
  ur_trainer *trainer;
  ur_gradcheck check;
  double samples;
  if (!cli_number(c, "samples", 0, 1e9, &samples)) return CLI_ERROR;
  int code = cli_settings(c, &settings);
  if (code != CLI_OK) return code;
  if (ur_trainer_create(&settings, (ur_bytes){NULL, 0}, &trainer) != UR_OK) return cli_last_error(c);
  if (ur_trainer_gradcheck(trainer, (size_t)samples, &check) != UR_OK) {
    code = cli_last_error(c);
  } else {
    const char *name = ur_params_view(ur_trainer_params(trainer), check.param).name;
    const int good = check.worst <= tolerance;
    if (c->json)
      cli_print(c,
                "{\"model\":\"%s\",\"checked\":%zu,\"worst\":%.3g,\"parameter\":\"%s\",\"cell\":%zu,"
                "\"analytic\":%.17g,"
                "\"numeric\":%.17g,\"tolerance\":%g,\"holds\":%s}\n",
                settings.model, check.checked, check.worst, name, check.cell, check.analytic, check.numeric,
                tolerance, good ? "true" : "false");
    else
      cli_print(c, "%s: %zu gradients checked, the worst is off by %.2g of its size (%s, cell %zu): %s\n",
                settings.model, check.checked, check.worst, name, check.cell, good ? "good" : "WRONG");
    code = good ? CLI_OK : CLI_FALSE;
  }
  ur_trainer_free(trainer);
  return code;
}

const cli_command cli_eval = {
    "eval",
    NULL,
    "the losses of trained weights",
    run_eval,
    {{"weights", "FILE", NULL, "as train --out writes them, or PyTorch's"},
     {"corpus", "FILE", NULL, "the lines that they were trained on, for task lines"},
     CLI_PYTORCH}};

const cli_command cli_sample = {
    "sample",
    NULL,
    "sequences that trained weights make up",
    run_sample,
    {{"weights", "FILE", NULL, "as train --out writes them, or PyTorch's"},
     {"count", "N", "8", "how many"},
     {"first", "I", "0", "number of the first: each has a stream of its own"},
     {"prefix", "TEXT", "", "how each begins; of a model with a source, the source"},
     {"temperature", "X", "1", "0: always the likeliest"},
     {"top-k", "K", "0", "only the K likeliest; 0: all"},
     {"top-p", "P", "1", "only the likeliest that make up P"},
     {"draws", NULL, NULL, "of the first alone, what each of its draws was made of, one line of JSON each"},
     {"anew", NULL, NULL, "compute all tokens again for each, keep nothing of them (the same sequences)"},
     {"beam", "W", "0", "search instead, W wide (1 to 8), and print its tree"},
     {"normalisation", "X", "0", "of a search: the sum is divided by length^X"},
     CLI_PYTORCH}};

const cli_command cli_trace = {
    "trace",
    NULL,
    "every node of the graph of a text, one line of JSON each",
    run_trace,
    {{"weights", "FILE", NULL, "as train --out writes them, or PyTorch's"},
     {"input", "TEXT", NULL, "the text; of a model with a source, the source"},
     {"target", "TEXT", NULL, "what is written for a source, if not what is right"},
     {"guess", NULL, NULL, "what the model writes for it itself, in its place"},
     {"backward", NULL, NULL, "gradients too, of nodes and of edges"},
     {"update", NULL, NULL, "and the optimiser's lines for each parameter"},
     {"looked", NULL, NULL, "in their place what each head looks at, and what mattered for one token"},
     {"cached", NULL, NULL, "in their place what is kept of each token, and what keeping it saves"},
     {"rolled", NULL, NULL, "in their place a ball frame by frame, as it came and by the net's own steps"},
     {"covered", NULL, NULL, "in their place which patch of a picture each word hangs on"},
     {"given", "N", "10", "frames that are shown before its own steps"},
     {"at", "T", "0", "the step at which it is asked, 0: the last"},
     {"token", "TOKEN", NULL, "which, if not the likeliest"},
     CLI_PYTORCH}};

const cli_command cli_gradcheck = {"gradcheck",
                                   NULL,
                                   "compare the gradients with differences, in double precision",
                                   run_gradcheck,
                                   {{"model", "M", "rnn_lm", "see unroll list"},
                                    {"task", "T", NULL, "names, if the model goes with it"},
                                    {"seed", "S", NULL, "of the parameters and the choice of cells"},
                                    {"set", "KEY=VALUE", NULL, "a setting; may be given many times"},
                                    {"samples", "N", "40", "cells of each parameter; 0: all"}}};
