# SPDX-FileCopyrightText: The Headroom authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Memory snapshots of PyTorch: written of a forecast, read by PyTorch's own tools, and replayed on cards.
include(${CMAKE_CURRENT_LIST_DIR}/headroom.cmake)

set(forecast forecast --config ${SOURCE_DIR}/configs/demo.yaml --card "RTX 4070")
headroom(0 ${forecast} --snapshot run.pickle --json)
expect_files(run.pickle)
string(JSON reserved GET "${out}" phases step peak_reserved)
string(JSON allocated GET "${out}" phases step peak_allocated)
expect_contains("${err}" "run.pickle: ")
headroom(2 ${forecast} --snapshot run.pickle)
expect_contains("${err}" "--overwrite")
headroom(0 ${forecast} --snapshot run.pickle --overwrite)
headroom(2 forecast --config ${SOURCE_DIR}/configs/demo.yaml --card cpu --snapshot cpu.pickle)
expect_contains("${err}" "not the CPU")
expect_missing(cpu.pickle)

# The replay takes what was forecast, to the byte.
headroom(0 replay run.pickle --card "RTX 4070" --expandable-segments --json)
string(JSON count LENGTH "${out}" settings)
expect_equal(${count} 1)
expect_json("${out}" "expandable_segments:True" settings 0 PYTORCH_ALLOC_CONF)
expect_json("${out}" ${reserved} settings 0 peak_reserved)
expect_json("${out}" ${allocated} settings 0 peak_allocated)
expect_json("${out}" ${reserved} recorded_reserved)
expect_json("${out}" fits settings 0 verdict)
headroom(0 replay run.pickle --card "RTX 4070" --json)
string(JSON count LENGTH "${out}" settings)
expect_equal(${count} 4)
expect_json("${out}" "" settings 0 PYTORCH_ALLOC_CONF)
expect_json("${out}" "" best)
string(JSON peak GET "${out}" settings 1 peak_reserved)
expect_equal(${peak} ${reserved})
headroom(0 replay run.pickle --card "RTX 4070")
expect_contains("${out}" "The program fits without settings of the allocator.")
headroom(1 replay run.pickle --card "RTX 4070" --capacity 300MiB)
expect_contains("${out}" "The program does not fit this card.")

headroom(2 replay nothing.pickle --card "RTX 4070")
expect_contains("${err}" "nothing.pickle")
headroom(2 replay ${SOURCE_DIR}/README.md --card "RTX 4070")
expect_contains("${err}" "The file is damaged or not a memory snapshot of PyTorch.")
headroom(2 replay run.pickle --card "RTX 4070" --trace 3)
expect_contains("${err}" "no history of device 3")
headroom(2 replay run.pickle --card cpu)
expect_contains("${err}" "not the CPU")

# Python writes another protocol, with frames and more numbers of the memo.
if(EXISTS "${PYTHON}")
  execute_process(COMMAND ${PYTHON} -m torch.cuda._memory_viz stats run.pickle WORKING_DIRECTORY ${SCRATCH}
                  RESULT_VARIABLE result OUTPUT_VARIABLE out ERROR_VARIABLE err)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "_memory_viz stats: ${err}")
  endif()
  foreach(protocol 2 4 5)
    execute_process(
      COMMAND ${PYTHON} -c "import pickle; pickle.dump(pickle.load(open('run.pickle', 'rb')), open('other.pickle', 'wb'), ${protocol})"
      WORKING_DIRECTORY ${SCRATCH} COMMAND_ERROR_IS_FATAL ANY)
    headroom(0 replay other.pickle --card "RTX 4070" --expandable-segments --json)
    expect_json("${out}" ${reserved} settings 0 peak_reserved)
  endforeach()
endif()
