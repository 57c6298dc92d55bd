# SPDX-FileCopyrightText: The Headroom authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A model goes to MSST and back: it is trained, exported, imported from the exported files alone, separated with and
# fine-tuned.
include(${CMAKE_CURRENT_LIST_DIR}/headroom.cmake)

headroom(0 demo songs --songs 3 --seconds 4)
set(cpu --device cpu --threads 1)
foreach(kind bs_roformer mel_band_roformer)
  headroom(0 train --config ${CMAKE_CURRENT_LIST_DIR}/roformer.yaml --set model.kind=${kind} --data songs --run ${kind}
           --max-steps 1 ${cpu})
  headroom(0 export --run ${kind} --format msst -o ${kind}-msst --json)
  expect_json("${out}" "${kind}-msst/model.ckpt" files 0)
  file(READ ${SCRATCH}/${kind}-msst/config.yaml yaml)
  expect_contains("${yaml}" "model_type: ${kind}\n")

  set(config --config ${kind}-msst/config.yaml)
  headroom(0 import ${kind}-msst/model.ckpt ${config} -o ${kind}.safetensors --json)
  string(JSON missing LENGTH "${out}" missing)
  expect_equal("${missing}" "0")
  headroom(0 separate songs/test/demo_test_01/mixture.wav --run ${kind} --device cpu -o before --overwrite)
  headroom(0 separate songs/test/demo_test_01/mixture.wav --weights ${kind}.safetensors --device cpu -o after
           --overwrite)
  file(SHA256 ${SCRATCH}/before/demo_test_01/vocals.wav before)
  file(SHA256 ${SCRATCH}/after/demo_test_01/vocals.wav after)
  expect_equal("${after}" "${before}")
  headroom(0 train ${config} --data songs --run ${kind}-tuned --set training.init_from=${kind}.safetensors
           --set data.validation=[demo_train_02] --set training.num_workers=1 --max-steps 1 ${cpu})
endforeach()

# One file for PyTorch; an existing one is kept.
headroom(0 export --weights bs_roformer.safetensors --format pt -o weights.pt)
expect_contains("${out}" "weights.pt")
headroom(2 export --weights bs_roformer.safetensors --format lightning -o weights.pt)
expect_contains("${err}" "the file already exists")
headroom(2 export --run nothing --format pt -o other.pt)
headroom(2 export --run bs_roformer --format onnx -o other.pt)

# What MSST's format cannot express is refused.
headroom(0 train --config ${CMAKE_CURRENT_LIST_DIR}/tiny.yaml --data songs --run mamba --max-steps 1 ${cpu})
headroom(2 export --run mamba --format msst -o mamba-msst)
expect_contains("${err}" "MSST")
expect_missing(other.pt mamba-msst)
