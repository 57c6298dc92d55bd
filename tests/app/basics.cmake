# SPDX-FileCopyrightText: The Headroom authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Version, help, the reference of all options, and the log.
include(${CMAKE_CURRENT_LIST_DIR}/headroom.cmake)

headroom(0 --version)
expect_equal("${out}" "headroom ${VERSION}\n")

headroom(0 --help)
set(commands "${out}")
foreach(command demo inspect options)
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

# configs/README.md is the output of this command.
headroom(0 options)
file(READ ${SOURCE_DIR}/configs/README.md reference)
expect_equal("${out}" "${reference}")
headroom(0 options --json)
expect_json("${out}" audio.sample_rate 0 key)
expect_json("${out}" "new run" 0 takes_effect)

# The log starts with what a bug report needs; the engine is set up for every command.
headroom(0 --verbose options)
expect_contains("${err}" "headroom ${VERSION} on ")
expect_contains("${err}" "LibTorch 2.11")
