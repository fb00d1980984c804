/* trace --rolled: what a net that predicts numbers makes of a ball, frame by frame; and of many. */
#include "unroll/rolled.h"

#include "command.h"
#include "json.h"

enum { THROWS = 200 };

static void print_two(const char *name, const float two[2], ur_buffer *line) {
  ur_buffer_print(line, ",\"%s\":", name);
  cli_row(two, 2, line);
}

static void print_frame(const cli *c, const ur_rolled *rolled, const ur_roll_speed *speed, int t) {
  const int last = t + 1 == rolled->frames;
  ur_buffer line = {0};
  ur_buffer_print(&line, "{\"frame\":%d,\"given\":%s", t + 1, t < rolled->given ? "true" : "false");
  print_two("seen", rolled->seen + 2 * t, &line);
  if (t > 0) print_two("guess", rolled->guess + 2 * t, &line);
  print_two("own", rolled->own + 2 * t, &line);
  if (!last) {
    double said[2];
    ur_roll_speed_say(speed, rolled->states + t * rolled->hidden, said);
    print_two("speed", rolled->speed + 2 * t, &line);
    print_two("read_speed", (float[]){(float)said[0], (float)said[1]}, &line);
  }
  ur_buffer_print(&line, "}");
  cli_write(c, &line);
  ur_buffer_free(&line);
}

static void print_errors(const cli *c, const ur_roll_errors *errors, const ur_roll_speed *speed) {
  static const char *const ways[UR_ROLL_WAYS] = {"net", "same_velocity", "same_place"};
  for (int way = 0; way < UR_ROLL_WAYS; way++) {
    ur_buffer line = {0};
    ur_buffer_print(&line, "{\"way\":\"%s\",\"throws\":%d,\"next\":", ways[way], errors->throws);
    ur__json_number(&line, errors->next[way]);
    ur_buffer_print(&line, ",\"after_frames_seen\":[");
    for (int t = 0; t < errors->frames; t++) {
      ur_buffer_print(&line, t > 0 ? "," : "");
      ur__json_number(&line, errors->seen[way][t]);
    }
    ur_buffer_print(&line, "],\"given\":%d,\"after_own_steps\":[", errors->given);
    for (int k = 0; k < errors->steps; k++) {
      ur_buffer_print(&line, k > 0 ? "," : "");
      ur__json_number(&line, errors->ahead[way][k]);
    }
    ur_buffer_print(&line, "]}");
    cli_write(c, &line);
    ur_buffer_free(&line);
  }
  ur_buffer line = {0};
  ur_buffer_print(&line, "{\"fitted_throws\":%d,\"tested_frames\":%d,\"speed_error\":", UR_ROLL_FITTED,
                  speed->tested);
  ur__json_number(&line, speed->error);
  ur_buffer_print(&line, ",\"by_places\":");
  ur__json_number(&line, speed->by_places);
  ur_buffer_print(&line, ",\"spread\":");
  ur__json_number(&line, speed->spread);
  ur_buffer_print(&line, "}");
  cli_write(c, &line);
  ur_buffer_free(&line);
}

int cli_rolled(const cli *c, ur_trainer *trainer, const char *text) {
  ur_rolled rolled;
  ur_roll_speed speed = {0};
  ur_roll_errors errors;
  double given;
  if (!cli_number(c, "given", 1, UR_ROLL_MAX, &given)) return CLI_ERROR;
  if (ur_rolled_read(trainer, text, (int)given, &rolled) != UR_OK) return cli_last_error(c);
  const int length = (int)ur_setting_get(ur_trainer_settings(trainer), "length");
  int code = CLI_OK;
  if (ur_roll_speed_fit(trainer, THROWS, &speed) != UR_OK ||
      (given <= length &&
       ur_roll_errors_of(trainer, THROWS, (int)given, length + 1 - (int)given, &errors) != UR_OK))
    code = cli_last_error(c);
  for (int t = 0; t < rolled.frames && code == CLI_OK; t++) print_frame(c, &rolled, &speed, t);
  if (code == CLI_OK && given <= length) print_errors(c, &errors, &speed);
  ur_roll_speed_free(&speed);
  ur_rolled_free(&rolled);
  return code;
}
