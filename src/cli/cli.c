#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"

static const cli_command *const commands[] = {&cli_list,      &cli_train,  &cli_eval,  &cli_sample,
                                              &cli_trace,     &cli_export, &cli_steps, &cli_study,
                                              &cli_gradcheck, &cli_claim,  &cli_bench};
enum { COMMANDS = sizeof commands / sizeof *commands };

static void print_to(const cli *c, int stream, const char *before, const char *format, va_list args,
                     const char *after) {
  char text[2048];
  const int start = snprintf(text, sizeof text, "%s", before);
  vsnprintf(text + start, sizeof text - (size_t)start, format, args);
  strncat(text, after, sizeof text - strlen(text) - 1);
  c->host->print(c->host->context, stream, text, strlen(text));
}

void cli_print(const cli *c, const char *format, ...) {
  va_list args;
  va_start(args, format);
  print_to(c, 1, "", format, args, "");
  va_end(args);
}

int cli_error(const cli *c, const char *format, ...) {
  va_list args;
  va_start(args, format);
  print_to(c, 2, "unroll: ", format, args, "\n");
  va_end(args);
  return CLI_ERROR;
}

int cli_last_error(const cli *c) { return cli_error(c, "%s", ur_last_error()->message); }

void cli_write(const cli *c, const ur_buffer *line) {
  if (line->failed)
    cli_error(c, "there is no memory left to print");
  else
    c->host->print(c->host->context, 1, (const char *)line->data, line->size);
  c->host->print(c->host->context, 1, "\n", 1);
}

static int row_of(const cli_command *command, const char *name, size_t length) {
  for (int i = 0; i < CLI_OPTIONS && command->options[i].name != NULL; i++) {
    const char *known = command->options[i].name;
    if (strlen(known) == length && memcmp(known, name, length) == 0) return i;
  }
  return -1;
}

const char *cli_value(const cli *c, const char *name) {
  const int row = row_of(c->command, name, strlen(name));
  if (row < 0) return NULL;
  return c->values[row] != NULL ? c->values[row] : c->command->options[row].def;
}

int cli_number(const cli *c, const char *name, double min, double max, double *out) {
  const char *text = cli_value(c, name);
  char *end;
  *out = strtod(text, &end);
  if (*text != 0 && *end == 0 && *out >= min && *out <= max) return 1;
  cli_error(c, "--%s should be a number from %g to %g, not \"%.40s\"", name, min, max, text);
  return 0;
}

int cli_given(const cli *c, const char *name) {
  const int row = row_of(c->command, name, strlen(name));
  return row >= 0 && c->values[row] != NULL;
}

const char *cli_set(const cli *c, int i, char key[CLI_KEY]) {
  const char *equals = strchr(c->sets[i], '=');
  if (equals == NULL || equals - c->sets[i] >= CLI_KEY) {
    cli_error(c, "--set wants key=value, not \"%.60s\"", c->sets[i]);
    return NULL;
  }
  snprintf(key, CLI_KEY, "%.*s", (int)(equals - c->sets[i]), c->sets[i]);
  return equals + 1;
}

int cli_settings(const cli *c, ur_settings *out) {
  const char *task = cli_value(c, "task"), *seed = cli_value(c, "seed");
  char key[CLI_KEY];
  if (ur_settings_init(out, cli_value(c, "model"), task != NULL ? task : "names") != UR_OK ||
      (seed != NULL && ur_settings_set(out, "seed", seed) != UR_OK))
    return cli_last_error(c);
  for (int i = 0; i < c->set_count; i++) {
    const char *value = cli_set(c, i, key);
    if (value == NULL) return CLI_ERROR;
    if (ur_settings_set(out, key, value) != UR_OK) return cli_last_error(c);
  }
  return CLI_OK;
}

int cli_read(const cli *c, const char *option, ur_buffer *out) {
  const char *path = cli_value(c, option);
  if (path == NULL) return CLI_OK;
  if (!c->host->read_file(c->host->context, path, out)) return cli_error(c, "%.300s cannot be read", path);
  ur_buffer_append(out, "", 0); /* an empty file is not the same as none */
  return out->failed ? cli_error(c, "there is no memory left to read %.300s", path) : CLI_OK;
}

void cli_progress(const cli *c, cli_bar *bar, double fraction, const char *text) {
  enum { WIDTH = 30 };
  static const char full[] = "##############################", none[] = "..............................";
  const double now = c->host->clock_ms(c->host->context);
  char line[160];
  if (!c->host->is_terminal(c->host->context, 2)) return;
  if (bar->started == 0) bar->started = now;
  if (fraction < 1 && now - bar->drawn < 100) return;
  bar->drawn = now;
  const int filled = (int)(WIDTH * fraction);
  const double left = fraction > 0 ? (now - bar->started) * (1 - fraction) / fraction / 1000 : 0;
  if (fraction < 1)
    snprintf(line, sizeof line, "\r[%.*s%.*s] %3d %%  %.60s  %.0f s left \x1b[K", filled, full,
             WIDTH - filled, none, (int)(100 * fraction), text, left);
  else
    snprintf(line, sizeof line, "\r\x1b[K");
  c->host->print(c->host->context, 2, line, strlen(line));
}

/* ---- command line ---- */

static void help_all(const cli *c) {
  cli_print(c, "unroll: sequence models that can be trained, stepped and checked from a terminal\n\n");
  for (int i = 0; i < COMMANDS; i++)
    cli_print(c, "  unroll %-10s %s\n", commands[i]->name, commands[i]->help);
  cli_print(
      c, "\nunroll COMMAND --help says what a command takes. With --json the results are lines of JSON.\n");
}

static void help_one(const cli *c) {
  const cli_command *command = c->command;
  cli_print(c, "unroll %s%s%s: %s\n\n", command->name, command->operand != NULL ? " " : "",
            command->operand != NULL ? command->operand : "", command->help);
  for (int i = 0; i < CLI_OPTIONS && command->options[i].name != NULL; i++) {
    const cli_option *option = &command->options[i];
    char left[40];
    snprintf(left, sizeof left, "--%s %s", option->name, option->argument != NULL ? option->argument : "");
    cli_print(c, "  %-22s %s%s%s%s\n", left, option->help, option->def != NULL ? " (" : "",
              option->def != NULL ? option->def : "", option->def != NULL ? ")" : "");
  }
  cli_print(c, "  %-22s %s\n", "--json", "print lines of JSON");
}

/* One argument, or two: "--steps 10" and "--steps=10" mean the same. How many were used, 0 after an error. */
static int parse_option(cli *c, int left, const char *const *argv) {
  const char *name = argv[0] + 2, *equals = strchr(name, '=');
  const size_t length = equals != NULL ? (size_t)(equals - name) : strlen(name);
  const int row = row_of(c->command, name, length);
  if (row < 0) {
    cli_error(c, "%s has no option --%.*s; see unroll %s --help", c->command->name, (int)length, name,
              c->command->name);
    return 0;
  }
  const cli_option *option = &c->command->options[row];
  if (option->argument == NULL) {
    if (equals != NULL) cli_error(c, "--%s takes no value", option->name);
    c->values[row] = "";
    return equals == NULL;
  }
  if (equals == NULL && left < 2) {
    cli_error(c, "--%s needs %s", option->name, option->argument);
    return 0;
  }
  const char *value = equals != NULL ? equals + 1 : argv[1];
  if (strcmp(option->name, "set") != 0) {
    c->values[row] = value;
  } else if (c->set_count < CLI_SETS) {
    c->sets[c->set_count++] = value;
  } else {
    cli_error(c, "--set is there more than %d times", CLI_SETS);
    return 0;
  }
  return equals != NULL ? 1 : 2;
}

static int run(cli *c, int argc, const char *const *argv) {
  for (int i = 0; i < argc;) {
    if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
      help_one(c);
      return CLI_OK;
    }
    int used = 1;
    if (strcmp(argv[i], "--json") == 0)
      c->json = 1;
    else if (strncmp(argv[i], "--", 2) == 0)
      used = parse_option(c, argc - i, argv + i);
    else if (c->command->operand != NULL && c->operand == NULL)
      c->operand = argv[i];
    else
      return cli_error(c, "%s does not know what to do with \"%.60s\"; see unroll %s --help",
                       c->command->name, argv[i], c->command->name);
    if (used == 0) return CLI_ERROR;
    i += used;
  }
  return c->command->run(c);
}

int ur_cli_main(int argc, const char *const *argv, const ur_host *host) {
  cli c = {.host = host};
  char names[200] = "";
  if (argc < 2 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
      strcmp(argv[1], "help") == 0) {
    help_all(&c);
    return argc < 2 ? CLI_ERROR : CLI_OK;
  }
  for (int i = 0; i < COMMANDS; i++) {
    c.command = commands[i];
    if (strcmp(argv[1], commands[i]->name) == 0) return run(&c, argc - 2, argv + 2);
    strcat(strcat(names, i > 0 ? ", " : ""), commands[i]->name);
  }
  return cli_error(&c, "there is no command %.60s; there are %s", argv[1], names);
}
