# SPDX-FileCopyrightText: The Headroom authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Separation and evaluation with almost untrained weights: files, names, JSON, exit codes.
include(${CMAKE_CURRENT_LIST_DIR}/headroom.cmake)

headroom(0 demo songs --songs 3 --seconds 4)
headroom(0 train --config ${CMAKE_CURRENT_LIST_DIR}/tiny.yaml --data songs --run run --device cpu --threads 1)
file(COPY_FILE ${SCRATCH}/songs/test/demo_test_01/mixture.wav "${SCRATCH}/노래 שיר 🎤.wav")

headroom(0 separate "노래 שיר 🎤.wav" --run run --device cpu -o stems --json)
expect_json("${out}" "노래 שיר 🎤.wav" songs 0 input)
expect_json("${out}" 4.0 songs 0 seconds)
expect_files("stems/노래 שיר 🎤/vocals.wav" "stems/노래 שיר 🎤/rest.wav")

headroom(0 separate "노래 שיר 🎤.wav" --run run --device cpu -o flac --format flac --subtype PCM_16 --stems vocals)
expect_files("flac/노래 שיר 🎤/vocals.flac")
expect_missing("flac/노래 שיר 🎤/rest.flac")

# Folders, names, formats, parts and batches.
headroom(0 separate songs/test --recursive --run run --device cpu -o tree --format mp3 --stems vocals
         --name "{instr}/{file_name} by {model}")
expect_files("tree/demo_test_01/vocals/demo_test_01 by run.mp3")
headroom(0 separate "노래 שיר 🎤.wav" --run run --device cpu -o part --segment-start 0:01.5 --segment-end 3 --batch-size 3
         --tta --json)
expect_json("${out}" 1.5 songs 0 seconds)
expect_json("${out}" 3 batch_size)
foreach(time -1 1:75 1:2:3:4 x "" 1.5:2 nan 1e300)
  headroom(2 separate songs/test -r --run run --device cpu -o none "--segment-start=${time}")
endforeach()
headroom(2 separate ${SCRATCH}/songs/test/demo_test_01/mixture.wav --run run --device cpu -o none --segment-start 9)
headroom(2 separate songs/test -r --run run --device cpu -o none --segment-start 2 --segment-end 1)
foreach(option --overlap=nan --overlap=0.95 --chunk-seconds=nan --chunk-seconds=601)
  headroom(2 separate songs/test -r --run run --device cpu -o none ${option})
  expect_contains("${err}" " is not a number from ")
endforeach()
headroom(2 separate songs/test -r --run run --device cpu -o none --name "{stem}")
headroom(2 separate songs/test -r --run run --device cpu -o none --format mp3 --subtype PCM_16)
headroom(2 separate songs/test --run run --device cpu -o none)
expect_missing(none)

headroom(0 evaluate --run run --data songs --split test --device cpu --json)
foreach(row stems mixture silence)
  foreach(score cSDR uSDR SI-SDR)
    string(JSON value GET "${out}" ${row} vocals ${score})
  endforeach()
endforeach()
# The baselines that an estimate has to beat.
expect_json("${out}" 0.0 silence vocals cSDR)
string(JSON value GET "${out}" mixture vocals cSDR)
if(NOT value LESS 0)
  message(FATAL_ERROR "the untouched mixture scores ${value} dB")
endif()
string(JSON count LENGTH "${out}" songs)
expect_equal(${count} 1)

# Bad input.
file(WRITE ${SCRATCH}/text.wav "This is a text.\n")
file(WRITE ${SCRATCH}/empty.wav "")
file(WRITE ${SCRATCH}/weights.safetensors "no weights")
file(MAKE_DIRECTORY ${SCRATCH}/empty)
set(song songs/test/demo_test_01/mixture.wav)
headroom(2 separate ${song} -o none)
headroom(2 separate ${song} --weights nowhere.safetensors -o none)
headroom(2 separate ${song} --weights weights.safetensors -o none)
headroom(2 separate ${song} --run empty -o none)
headroom(2 separate nowhere.wav --run run --device cpu -o none)
headroom(2 separate empty --run run --device cpu -o none)
headroom(2 separate ${song} --run run --device cpu -o none --stems guitar)
headroom(2 evaluate --run run --data empty --device cpu)
headroom(1 separate ${song} --run run --device cpu -o /proc/stems)
expect_missing(none)
foreach(file text.wav empty.wav)
  execute_process(COMMAND ${PROGRAM} separate ${file} --run run --device cpu -o broken WORKING_DIRECTORY ${SCRATCH}
                  RESULT_VARIABLE result OUTPUT_QUIET ERROR_VARIABLE err)
  expect_contains("${err}" ${file})
  if(NOT result MATCHES "^[12]$")
    message(FATAL_ERROR "separating ${file} exits with ${result}")
  endif()
endforeach()
