# SPDX-FileCopyrightText: The Headroom authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Both RoFormers from the forecast to separated stems; resuming gives the same loss as training without a stop, although
# there is dropout.
include(${CMAKE_CURRENT_LIST_DIR}/headroom.cmake)

# last_loss(TEXT): sets `loss` to that of the last step.
function(last_loss text)
  string(REGEX MATCHALL "[^\n]+" lines "${text}")
  list(FILTER lines INCLUDE REGEX "\"event\":\"step\"")
  list(GET lines -1 line)
  string(JSON value GET "${line}" loss)
  set(loss "${value}" PARENT_SCOPE)
endfunction()

headroom(0 demo songs --songs 3 --seconds 4)
file(COPY_FILE ${SCRATCH}/songs/test/demo_test_01/mixture.wav ${SCRATCH}/song.wav)
foreach(kind bs_roformer mel_band_roformer)
  set(tiny --config ${CMAKE_CURRENT_LIST_DIR}/roformer.yaml --set model.kind=${kind})
  set(cpu --device cpu --threads 1)

  headroom(0 forecast ${tiny} --card "RTX 3060" --json)
  headroom(0 train ${tiny} --data songs --run ${kind} ${cpu} --json)
  last_loss("${out}")
  set(whole ${loss})
  file(READ ${SCRATCH}/${kind}/config.yaml stored)
  expect_contains("${stored}" "kind: ${kind}")

  headroom(0 train ${tiny} --data songs --run ${kind}-parts --max-steps 2 ${cpu} --json)
  headroom(0 train --run ${kind}-parts --resume ${cpu} --json)
  last_loss("${out}")
  expect_equal("${loss}" "${whole}")

  headroom(0 separate song.wav --run ${kind} --device cpu -o ${kind}-stems --json)
  expect_files(${kind}-stems/song/vocals.wav ${kind}-stems/song/rest.wav)

  # The weights of one kind are not those of another.
  file(GLOB weights ${SCRATCH}/${kind}/checkpoints/step-*/weights.safetensors)
  list(GET weights 0 weights)
  headroom(2 import ${weights} -o other.safetensors --config ${CMAKE_CURRENT_LIST_DIR}/tiny.yaml)
  expect_contains("${err}" "RoFormer")
  headroom(2 train --config ${CMAKE_CURRENT_LIST_DIR}/tiny.yaml --data songs --run ${kind}-wrong --set training.init_from=${weights} ${cpu})
  expect_contains("${err}" "RoFormer")
  expect_missing(other.safetensors)

  # Fine-tuning starts from them.
  headroom(0 train ${tiny} --data songs --run ${kind}-tuned --set training.init_from=${weights} --max-steps 1 ${cpu})
endforeach()

headroom(2 forecast --config ${CMAKE_CURRENT_LIST_DIR}/roformer.yaml --set model.d_state=16)
expect_contains("${err}" "model.d_state is an option of bs_mamba2")
