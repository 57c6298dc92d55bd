# SPDX-FileCopyrightText: The Headroom authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The model shelf: weights in a folder, with and without configurations.
include(${CMAKE_CURRENT_LIST_DIR}/headroom.cmake)

headroom(0 demo songs --songs 3 --seconds 4)
headroom(0 train --config ${CMAKE_CURRENT_LIST_DIR}/roformer.yaml --data songs --run run --max-steps 1 --device cpu
         --threads 1)
file(MAKE_DIRECTORY ${SCRATCH}/shelf/mine)
headroom(0 models --folder shelf)
expect_contains("${out}" "There are no weights in shelf")
headroom(2 models --folder nowhere)
expect_contains("${err}" "there is no such folder")

headroom(0 export --run run --format pt -o shelf/mine/vocals.pth)
file(WRITE ${SCRATCH}/shelf/page.ckpt "<!doctype html>")
headroom(0 models --folder shelf)
expect_contains("${out}" "mine/vocals  BS-RoFormer  vocals")
expect_contains("${out}" "not stated")
expect_contains("${out}" "cannot be opened: shelf/page.ckpt: this is a web page")

# With its configuration, and as the folder of the user.
file(WRITE ${SCRATCH}/shelf/mine/config.yaml "model: {kind: bs_mamba2}")
file(MAKE_DIRECTORY ${SCRATCH}/data/headroom)
file(CREATE_LINK ${SCRATCH}/shelf ${SCRATCH}/data/headroom/models SYMBOLIC)
set(ENV{XDG_DATA_HOME} ${SCRATCH}/data)
headroom(0 models --json)
expect_json("${out}" "${SCRATCH}/data/headroom/models" folder)
expect_json("${out}" "mine/vocals" models 0 name)
string(JSON problem GET "${out}" models 0 problem)
expect_contains("${problem}" "these are the weights of a BS-RoFormer")
