# SPDX-FileCopyrightText: The Headroom authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The archive that "check pack" makes: its size, and its program with its own libraries, on the CPU.
set(PROGRAM ${SCRATCH}/device_check/programs/headroom)
include(${CMAKE_CURRENT_LIST_DIR}/../app/headroom.cmake)
execute_process(COMMAND ${CHECK} pack ${BUILD} ${SCRATCH}/archive.tar.xz COMMAND_ERROR_IS_FATAL ANY)
file(SIZE ${SCRATCH}/archive.tar.xz bytes)
if(bytes GREATER 20000000)
  message(FATAL_ERROR "the archive has ${bytes} bytes")
endif()
file(ARCHIVE_EXTRACT INPUT ${SCRATCH}/archive.tar.xz DESTINATION ${SCRATCH})
set(ENV{LD_LIBRARY_PATH} ${TORCH}/lib:${SCRATCH}/device_check/libraries)
set(ENV{XDG_CACHE_HOME} ${SCRATCH}/cache)
headroom(0 demo songs --seconds 4)
headroom(0 train --device cpu --run run --max-steps 1 --config ${SCRATCH}/device_check/configs/demo.yaml --data songs
         --set audio.segment_length=0.5 --set model.num_layers=1)
expect_files(run/checkpoints/step-00000001/weights.safetensors)
