# What a careless user gives: each has its message and exit code, and leaves nothing behind.
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
# Below a file and in /proc no user, not even root, can make a folder.
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

# What is printed must arrive.
headroom(0 demo songs --songs 2 --seconds 4)
function(expect_full_disk_noticed)
  execute_process(COMMAND ${PROGRAM} ${ARGN} WORKING_DIRECTORY ${SCRATCH} OUTPUT_FILE /dev/full
                  RESULT_VARIABLE result ERROR_VARIABLE err)
  expect_equal("${result}" 1)
  expect_contains("${err}" "No space left on device")
endfunction()
expect_full_disk_noticed(--version)
expect_full_disk_noticed(inspect songs)
expect_full_disk_noticed(inspect songs --json)
expect_full_disk_noticed(knobs --json)
expect_full_disk_noticed(forecast --config ${SOURCE_DIR}/configs/demo.yaml --card 3060 --json)
# And where the reason cannot be told either.
execute_process(COMMAND ${PROGRAM} inspect nowhere WORKING_DIRECTORY ${SCRATCH} OUTPUT_FILE /dev/full
                ERROR_FILE /dev/full RESULT_VARIABLE result)
expect_equal("${result}" 2)

# A name cannot give orders to the terminal.
string(ASCII 27 escape)
headroom(2 forecast --config "no${escape}[31m.yaml")
expect_contains("${err}" "no?[31m.yaml")
headroom(2 "${escape}[31m")
expect_contains("${err}" "?[31m")
