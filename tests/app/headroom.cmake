# SPDX-FileCopyrightText: The Headroom authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Shared by the scripts. Each gets PROGRAM, VERSION, SOURCE_DIR and SCRATCH, a folder that is emptied here.
cmake_minimum_required(VERSION 3.25)
file(REMOVE_RECURSE ${SCRATCH})
file(MAKE_DIRECTORY ${SCRATCH})

# headroom(CODE args...): runs the program in SCRATCH and fails unless it exits with CODE. Sets `out` and `err`.
function(headroom code)
  execute_process(COMMAND ${PROGRAM} ${ARGN} WORKING_DIRECTORY ${SCRATCH} RESULT_VARIABLE result
                  OUTPUT_VARIABLE out ERROR_VARIABLE err)
  if(NOT result STREQUAL code)
    string(JOIN " " line ${ARGN})
    message(FATAL_ERROR "headroom ${line}\nexits with ${result} instead of ${code}\n--- stdout\n${out}\n--- stderr\n${err}")
  endif()
  set(out "${out}" PARENT_SCOPE)
  set(err "${err}" PARENT_SCOPE)
endfunction()

# Fails unless the two strings are equal.
function(expect_equal actual expected)
  if(NOT actual STREQUAL expected)
    message(FATAL_ERROR "'${actual}' instead of '${expected}'")
  endif()
endfunction()

# Fails unless the text contains this part.
function(expect_contains text part)
  string(FIND "${text}" "${part}" at)
  if(at EQUAL -1)
    message(FATAL_ERROR "'${part}' is not in:\n${text}")
  endif()
endfunction()

# expect_json(TEXT VALUE path...): fails unless the member at this path has this value.
function(expect_json text value)
  string(JSON found GET "${text}" ${ARGN})
  expect_equal("${found}" "${value}")
endfunction()

function(expect_missing)
  foreach(path ${ARGN})
    if(EXISTS ${SCRATCH}/${path})
      message(FATAL_ERROR "${path} exists")
    endif()
  endforeach()
endfunction()

function(expect_files)
  foreach(path ${ARGN})
    if(NOT EXISTS ${SCRATCH}/${path})
      message(FATAL_ERROR "${path} is missing")
    endif()
  endforeach()
endfunction()
