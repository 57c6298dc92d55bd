# What is asked of every program before any work.
include(${CMAKE_CURRENT_LIST_DIR}/headroom.cmake)

headroom(0 --version)
expect_equal("${out}" "headroom ${VERSION}\n")

headroom(0 --help)
set(commands "${out}")
foreach(command demo inspect)
  expect_contains("${commands}" ${command})
  headroom(0 ${command} --help)
  expect_contains("${out}" --json)
endforeach()

headroom(2)
expect_equal("${out}" "")
expect_contains("${err}" "Usage: headroom")
headroom(2 sing)
expect_contains("${err}" "sing")
headroom(2 --loud)
headroom(2 demo songs --loud)
expect_missing(songs)
