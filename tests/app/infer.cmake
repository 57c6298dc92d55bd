# SPDX-FileCopyrightText: The Headroom authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Weights of other programs without a configuration, and with one that is wrong.
include(${CMAKE_CURRENT_LIST_DIR}/headroom.cmake)

headroom(0 demo songs --songs 3 --seconds 4)
set(cpu --device cpu --threads 1)
set(tiny ${CMAKE_CURRENT_LIST_DIR}/roformer.yaml)
foreach(kind bs_roformer mel_band_roformer)
  headroom(0 train --config ${tiny} --set model.kind=${kind} --data songs --run ${kind} --max-steps 1 ${cpu})
  headroom(0 export --run ${kind} --format pt -o ${kind}.pth)

  headroom(0 import ${kind}.pth -o ${kind}.safetensors --json)
  string(JSON notice GET "${out}" notices 0)
  expect_contains("${notice}" "Not in the file: audio.hop_length 441, data.targets [vocals]")
  headroom(0 separate songs/test/demo_test_01/mixture.wav --weights ${kind}.pth --device cpu -o ${kind}-stems)
  expect_contains("${out}${err}" "Not in the file:")
  expect_files(${kind}-stems/demo_test_01/vocals.wav)
  headroom(0 evaluate --weights ${kind}.pth --data songs --device cpu --json)
  headroom(0 export --weights ${kind}.pth --format msst -o ${kind}-msst)
endforeach()

# Its number of mask layers is not believed; everything else that is wrong is refused.
file(READ ${tiny} yaml)
function(write_changed name from to)
  string(REPLACE "${from}" "${to}" changed "${yaml}")
  file(WRITE ${SCRATCH}/${name}.yaml "${changed}")
endfunction()
write_changed(masks "  num_layers: 2" "  num_layers: 2\n  mask_layers: 3")
headroom(0 import bs_roformer.pth --config masks.yaml -o masks.safetensors)
expect_contains("${out}" "have 2 linear layers, not 3 as configured")

write_changed(layers "num_layers: 2" "num_layers: 3")
write_changed(kind "bs_roformer" "mel_band_roformer")
write_changed(heads "heads: 2" "heads: 4")
set(layers "the file has 2 layers, 1 stem, width 16")
set(kind "these are the weights of a BS-RoFormer (2 layers, 1 stem, width 16")
set(heads "model.heads is 2, not 4")
foreach(lie layers kind heads)
  headroom(2 import bs_roformer.pth --config ${lie}.yaml -o lie.safetensors)
  expect_contains("${err}" "${${lie}}")
  headroom(2 separate songs/test/demo_test_01/mixture.wav --weights bs_roformer.pth --config ${lie}.yaml --device cpu
           -o lie)
  expect_contains("${err}" "${${lie}}")
  headroom(2 export --weights bs_roformer.pth --config ${lie}.yaml --format pt -o lie.pt)
endforeach()
expect_missing(lie.safetensors lie lie.pt)
