# emcc starts Python for every file, which takes twice as long as the compiler that it then calls. Asked once, it tells
# what it calls it with; from there on the compiler is called so itself. Linking stays emcc's. Where its answer cannot be
# read, nothing is changed.
file(WRITE ${CMAKE_BINARY_DIR}/asked.c "int asked;\n")
execute_process(
  COMMAND ${CMAKE_C_COMPILER} -v -c asked.c -o asked.o
  WORKING_DIRECTORY ${CMAKE_BINARY_DIR}
  ERROR_VARIABLE told
  OUTPUT_QUIET
)
if(told MATCHES "\"?([^\" \n]*clang[^\" \n]*)\"? (-target [^\n]*) -v -c asked\\.c")
  set(CMAKE_C_COMPILE_OBJECT "${CMAKE_MATCH_1} ${CMAKE_MATCH_2} <DEFINES> <INCLUDES> <FLAGS> -o <OBJECT> -c <SOURCE>")
endif()
