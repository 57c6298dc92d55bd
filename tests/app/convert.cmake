# SPDX-FileCopyrightText: The Headroom authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Configurations of other programs, converted and used as they are.
include(${CMAKE_CURRENT_LIST_DIR}/headroom.cmake)
set(msst ${SOURCE_DIR}/tests/data/interop/bs_mamba2.yaml)

# The configuration goes to standard output, the report to standard error.
headroom(0 convert ${msst})
expect_contains("${out}" "  hidden_dim: 64\n")
expect_contains("${err}" "is an MSST configuration of a BSMamba2.")
expect_contains("${err}" "line 60: augmentations.mixup_probs [0.2, 0.02]")
set(converted "${out}")

# Or to a file, which is replaced only on request.
headroom(0 convert ${msst} -o mine.yaml)
expect_contains("${out}" "line 60: augmentations.mixup_probs [0.2, 0.02]")
file(READ ${SCRATCH}/mine.yaml written)
expect_equal("${written}" "${converted}")
headroom(2 convert ${msst} -o mine.yaml)
expect_contains("${err}" "the file already exists")
headroom(0 convert ${msst} -o mine.yaml --overwrite --json)
expect_json("${out}" "BSMamba2" model)
expect_json("${out}" "audio.chunk_size" keys 0 key)
expect_json("${out}" "3" keys 0 line)

# The written file and the original give the same forecast.
set(card --card cpu --json)
headroom(0 forecast --config mine.yaml ${card})
string(JSON memory GET "${out}" peak_reserved)
expect_equal("${err}" "")
headroom(0 forecast --config ${msst} ${card})
expect_json("${out}" "${memory}" peak_reserved)
expect_contains("${err}" "is an MSST configuration of a BSMamba2: ")
expect_contains("${err}" "no counterpart: augmentations.all.random_inverse 0.1")

# Refused: nothing is written.
headroom(2 convert mine.yaml -o twice.yaml)
expect_contains("${err}" "a configuration of Headroom already")
file(WRITE ${SCRATCH}/comments.yaml "# audio:\n  # chunk_size: 44100\n\n")
headroom(2 convert comments.yaml -o twice.yaml)
expect_contains("${err}" "comments.yaml: the configuration holds only comments")
file(WRITE ${SCRATCH}/other.yaml "audio: {chunk_size: 44100}\nmodel:\n  dim: 8\n  module_type: transformer\ntraining: {instruments: [a]}\n")
headroom(2 convert other.yaml -o twice.yaml)
expect_contains("${err}" "other.yaml:4, model.module_type: the file describes BSMamba2 with module_type 'transformer'")
headroom(2 train --config other.yaml --run run)
expect_contains("${err}" "module_type 'transformer'")
expect_missing(twice.yaml run)
