# SPDX-FileCopyrightText: The Headroom authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Each command with an output file writes to a device, and through a link, without replacing them.
include(${CMAKE_CURRENT_LIST_DIR}/headroom.cmake)

# Only root can create a device node, and not in every container.
execute_process(COMMAND mknod ${SCRATCH}/null c 1 3 RESULT_VARIABLE failed OUTPUT_QUIET ERROR_QUIET)
if(NOT failed)
  execute_process(COMMAND dd if=/dev/zero of=${SCRATCH}/null count=1 RESULT_VARIABLE failed OUTPUT_QUIET ERROR_QUIET)
endif()
if(failed)
  message(STATUS "no device nodes here: only links are tested")
endif()

# The functions run a command whose last argument, the output, is added here.
function(keeps_device code)
  if(NOT failed)
    headroom(${code} ${ARGN} ${SCRATCH}/null)
    execute_process(COMMAND test -c ${SCRATCH}/null RESULT_VARIABLE replaced)
    expect_equal("${replaced}" "0")
  endif()
endfunction()

function(follows_link)
  file(WRITE ${SCRATCH}/target.out "old")
  file(CREATE_LINK target.out ${SCRATCH}/link.out SYMBOLIC)
  headroom(0 ${ARGN} ${SCRATCH}/link.out)
  execute_process(COMMAND test -L ${SCRATCH}/link.out RESULT_VARIABLE replaced)
  expect_equal("${replaced}" "0")
  file(SIZE ${SCRATCH}/target.out size)
  if(size LESS 10)
    message(FATAL_ERROR "${ARGN}: the target of the link was not written")
  endif()
endfunction()

function(writes)
  keeps_device(0 ${ARGN})
  follows_link(${ARGN})
endfunction()

headroom(0 demo songs --songs 3 --seconds 4)
headroom(0 train --config ${CMAKE_CURRENT_LIST_DIR}/tiny.yaml --data songs --run run --max-steps 1 --device cpu)
file(GLOB weights ${SCRATCH}/run/checkpoints/step-*/weights.safetensors)
writes(import ${weights} --overwrite -o)
# A zip file needs a file in which it can go back.
keeps_device(2 export --run run --overwrite --format pt -o)
follows_link(export --run run --overwrite --format pt -o)
writes(export --run run --overwrite --format safetensors -o)
writes(convert ${SOURCE_DIR}/tests/data/interop/bs_mamba2.yaml --overwrite -o)
writes(fit --config ${CMAKE_CURRENT_LIST_DIR}/tiny.yaml --card "RTX 4090" --overwrite --write)

# Stems are files of a folder: one that is a device is refused.
if(NOT failed)
  file(MAKE_DIRECTORY ${SCRATCH}/stems/demo_test_01)
  file(RENAME ${SCRATCH}/null ${SCRATCH}/stems/demo_test_01/vocals.wav)
  headroom(2 separate songs/test/demo_test_01/mixture.wav --run run --device cpu -o stems --overwrite)
  execute_process(COMMAND test -c ${SCRATCH}/stems/demo_test_01/vocals.wav RESULT_VARIABLE replaced)
  expect_equal("${replaced}" "0")
endif()
