# SPDX-FileCopyrightText: The Headroom authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The demo songs: files and output; equal seeds give equal files.
include(${CMAKE_CURRENT_LIST_DIR}/headroom.cmake)

headroom(0 demo songs --songs 3 --seconds 4 --json)
expect_equal("${err}" "")
expect_json("${out}" songs folder)
expect_json("${out}" 2 train)
expect_json("${out}" 1 test)
expect_json("${out}" 4.0 seconds)
foreach(stem vocals drums bass other mixture)
  expect_files(songs/train/demo_train_01/${stem}.wav songs/train/demo_train_02/${stem}.wav
               songs/test/demo_test_01/${stem}.wav)
endforeach()

headroom(0 demo "노래 שירים 🎤/songs" --songs 2 --seconds 4 --seed 1)
expect_contains("${out}" "노래 שירים 🎤")
file(SHA256 ${SCRATCH}/songs/train/demo_train_01/mixture.wav first)
file(SHA256 "${SCRATCH}/노래 שירים 🎤/songs/train/demo_train_01/mixture.wav" second)
expect_equal(${second} ${first})

headroom(0 demo others --songs 2 --seconds 4 --seed 9223372036854775807 --json)
expect_json("${out}" 9223372036854775807 seed)
file(SHA256 ${SCRATCH}/others/train/demo_train_01/mixture.wav third)
if(third STREQUAL first)
  message(FATAL_ERROR "different seeds give the same song")
endif()
