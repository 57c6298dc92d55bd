# SPDX-FileCopyrightText: The Headroom authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A model of MSST from PyTorch and back: separated with, fine-tuned with adapters, exported, and loaded strictly by PyTorch.
include(${CMAKE_CURRENT_LIST_DIR}/headroom.cmake)
if(NOT EXISTS ${PYTHON})
  message("no Python with PyTorch")
  return()
endif()

function(python)
  execute_process(COMMAND ${PYTHON} ${CMAKE_CURRENT_LIST_DIR}/finetune.py ${ARGN} WORKING_DIRECTORY ${SCRATCH}
                  OUTPUT_VARIABLE out ERROR_VARIABLE err COMMAND_ERROR_IS_FATAL ANY)
  set(out "${out}" PARENT_SCOPE)
endfunction()

headroom(0 demo songs --songs 3 --seconds 4)
python(make vocals.ckpt)
set(config --config ${CMAKE_CURRENT_LIST_DIR}/msst_roformer.yaml)
set(song songs/test/demo_test_01/mixture.wav)
set(cpu --device cpu --threads 1)
headroom(0 separate ${song} --weights vocals.ckpt ${config} --device cpu -o before)

# The forecast counts neither gradients nor state of what is frozen.
headroom(0 forecast ${config} --card "RTX 3060" --json)
string(JSON whole GET "${out}" parts optimizer_state)
headroom(0 forecast ${config} --card "RTX 3060" --set training.lora_rank=4 --json)
string(JSON adapted GET "${out}" parts optimizer_state)
if(NOT adapted LESS whole)
  message(FATAL_ERROR "${adapted} bytes of optimizer state with adapters, ${whole} without")
endif()

set(tuning ${config} --data songs --set training.init_from=vocals.ckpt --set training.lora_rank=4
    --set data.validation=[demo_train_02] --set training.num_workers=1 ${cpu})
headroom(0 train ${tuning} --run tuned --max-steps 2)
expect_contains("${out}${err}" "the others are frozen")
file(RENAME ${SCRATCH}/vocals.ckpt ${SCRATCH}/base.ckpt)
headroom(0 train --run tuned --resume ${cpu})
file(GLOB adapters ${SCRATCH}/tuned/checkpoints/step-*/adapters.safetensors)
list(LENGTH adapters count)
if(count EQUAL 0)
  message(FATAL_ERROR "no checkpoint has adapters.safetensors")
endif()

headroom(0 export --run tuned --format msst -o tuned-msst)
python(check base.ckpt tuned-msst/model.ckpt)
expect_contains("${out}" "only adapted weights differ")
headroom(0 separate ${song} --run tuned --device cpu -o run)
headroom(0 separate ${song} --weights tuned-msst/model.ckpt --config tuned-msst/config.yaml --device cpu -o exported)
file(SHA256 ${SCRATCH}/before/demo_test_01/vocals.wav before)
file(SHA256 ${SCRATCH}/run/demo_test_01/vocals.wav run)
file(SHA256 ${SCRATCH}/exported/demo_test_01/vocals.wav exported)
expect_equal("${exported}" "${run}")
if(run STREQUAL before)
  message(FATAL_ERROR "fine-tuning changed nothing")
endif()

# Options that cannot work are refused before anything is written.
headroom(2 train ${config} --data songs --run none --set training.lora_rank=4 ${cpu})
expect_contains("${err}" "training.init_from")
headroom(2 train ${config} --data songs --run none --set training.freeze=[encoder] ${cpu})
expect_contains("${err}" "'encoder'")
headroom(2 forecast ${config} --card cpu --set training.lora_rank=17)
expect_contains("${err}" "training.lora_rank 17 is more than model.hidden_dim 16")
expect_missing(none)
