# SPDX-FileCopyrightText: The Headroom authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Wrong arguments and unusable input: each has a message and an exit code, and leaves no files.
include(${CMAKE_CURRENT_LIST_DIR}/headroom.cmake)

file(MAKE_DIRECTORY ${SCRATCH}/empty)
file(WRITE ${SCRATCH}/file "mine")

headroom(2 inspect)
headroom(2 inspect nowhere)
expect_contains("${err}" "nowhere")
headroom(2 inspect empty)
headroom(2 inspect file)
headroom(2 inspect empty --json)
expect_equal("${out}" "")

headroom(2 demo)
headroom(2 demo file)
headroom(2 demo ${CMAKE_CURRENT_LIST_DIR})
expect_contains("${err}" "not empty")
# Nobody, not even root, can create a folder below a file or in /proc.
headroom(1 demo file/songs)
headroom(1 demo /proc/songs)
foreach(value 1 99999999999999999999 -3 many)
  headroom(2 demo songs --songs=${value})
endforeach()
foreach(value 3.9 1e300 nan inf long)
  headroom(2 demo songs --seconds=${value})
endforeach()
foreach(value -1 9223372036854775808)
  headroom(2 demo songs --seed=${value})
endforeach()
expect_missing(songs)
file(READ ${SCRATCH}/file content)
expect_equal("${content}" "mine")

# A result that cannot be written is an error.
headroom(0 demo songs --songs 2 --seconds 4)
function(expect_full_disk_error)
  execute_process(COMMAND ${PROGRAM} ${ARGN} WORKING_DIRECTORY ${SCRATCH} OUTPUT_FILE /dev/full
                  RESULT_VARIABLE result ERROR_VARIABLE err)
  expect_equal("${result}" 1)
  expect_contains("${err}" "No space left on device")
endfunction()
expect_full_disk_error(--version)
expect_full_disk_error(inspect songs)
expect_full_disk_error(inspect songs --json)
expect_full_disk_error(options --json)
expect_full_disk_error(forecast --config ${SOURCE_DIR}/configs/demo.yaml --card 3060 --json)
# The exit code is right even if the error message cannot be written.
execute_process(COMMAND ${PROGRAM} inspect nowhere WORKING_DIRECTORY ${SCRATCH} OUTPUT_FILE /dev/full
                ERROR_FILE /dev/full RESULT_VARIABLE result)
expect_equal("${result}" 2)

# Wrong options of a file and of the command line are reported together.
file(WRITE ${SCRATCH}/wrong.yaml "training:\n  batchsize: 2\n")
headroom(2 forecast --config wrong.yaml --set training.sed=1 --set model.num_layers=0 --card 3060)
foreach(text "3 errors" "wrong.yaml:2: unknown key" "--set 'training.sed=1'" "--set 'model.num_layers=0'")
  expect_contains("${err}" "${text}")
endforeach()

# Escape sequences in names do not reach the terminal.
string(ASCII 27 escape)
headroom(2 forecast --config "no${escape}[31m.yaml")
expect_contains("${err}" "no?[31m.yaml")
headroom(2 "${escape}[31m")
expect_contains("${err}" "?[31m")
