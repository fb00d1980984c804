/* The `unroll` command as a module: its host is what JavaScript imports. Texts and bytes go by address and
 * size; JavaScript reads and writes this module's memory itself. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

#define IMPORT(name) __attribute__((import_module("host"), import_name(#name)))
#define EXPORT(name) __attribute__((export_name(#name)))

/* Reads a whole file and holds it: its size, or -1. take copies it and lets it go. */
IMPORT(open) extern double host_open(const char *path, size_t size);
IMPORT(take) extern void host_take(uint8_t *out);
IMPORT(write) extern int host_write(const char *path, size_t path_size, const uint8_t *data, size_t size);
IMPORT(print) extern void host_print(int stream, const char *text, size_t size);
IMPORT(clock) extern double host_clock(void);
IMPORT(terminal) extern int host_terminal(int stream);

static int read_file(void *context, const char *path, ur_buffer *out) {
  (void)context;
  double size = host_open(path, strlen(path));
  if (size < 0) return 0;
  uint8_t *block = size < UINT32_MAX ? malloc((size_t)size + 1) : NULL;
  if (!block) return 0;
  host_take(block);
  ur_buffer_append(out, block, (size_t)size);
  free(block);
  return 1;
}
static int write_file(void *context, const char *path, ur_bytes data) {
  (void)context;
  return host_write(path, strlen(path), data.data, data.size);
}
static void print(void *context, int stream, const char *text, size_t size) {
  (void)context;
  host_print(stream, text, size);
}
static double clock_ms(void *context) {
  (void)context;
  return host_clock();
}
static int is_terminal(void *context, int stream) {
  (void)context;
  return host_terminal(stream);
}

static char *words;
static size_t words_size;

/* Room for the name of the runtime and the arguments, each with a NUL after it. Called before every run. */
EXPORT(words) char *cli_words(size_t size) {
  free(words);
  words = malloc(size + 1);
  words_size = words ? size : 0;
  if (words) words[size] = 0;
  return words;
}

/* The exit code. */
EXPORT(run) int cli_run(void) {
  int count = 0;
  for (size_t i = 0; i < words_size; i++) count += words[i] == 0;
  const char **argv = count > 0 ? calloc((size_t)count, sizeof *argv) : NULL;
  if (!argv) return 2;
  char *word = words;
  for (int i = 0; i < count; i++, word += strlen(word) + 1) argv[i] = word;
  /* argv[0] is not looked at by the command: it names the runtime. */
  const ur_host host = {NULL, argv[0], read_file, write_file, print, clock_ms, is_terminal};
  int code = ur_cli_main(count, argv, &host);
  free(argv);
  return code;
}
