# SPDX-FileCopyrightText: The Headroom authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A training run of three steps: its output and run folder, resuming after two steps, and errors.
include(${CMAKE_CURRENT_LIST_DIR}/headroom.cmake)
set(tiny --config ${CMAKE_CURRENT_LIST_DIR}/tiny.yaml --data songs --device cpu --threads 1)

# events(TEXT): sets `names`, the events in their order, and `lines`, one JSON object each.
function(events text)
  string(REGEX MATCHALL "[^\n]+" lines "${text}")
  set(names)
  foreach(line ${lines})
    string(JSON name GET "${line}" event)
    list(APPEND names ${name})
  endforeach()
  set(lines "${lines}" PARENT_SCOPE)
  set(names "${names}" PARENT_SCOPE)
endfunction()

headroom(0 demo songs --songs 3 --seconds 4)

headroom(0 train ${tiny} --run "실행 🎛" --json)
events("${out}")
list(GET names 0 first)
list(GET names -1 last)
expect_equal(${first} started)
expect_equal(${last} finished)
set(steps ${names})
list(FILTER steps INCLUDE REGEX "^step")
list(LENGTH steps count)
expect_equal(${count} 3)
list(GET lines -1 line)
expect_json("${line}" 3 step)
expect_files("실행 🎛/config.yaml" "실행 🎛/journal.jsonl" "실행 🎛/checkpoints")
file(STRINGS "${SCRATCH}/실행 🎛/journal.jsonl" journal ENCODING UTF-8)
list(LENGTH journal kept)
list(LENGTH lines printed)
expect_equal(${kept} ${printed})

# A new run does not overwrite an existing one.
headroom(2 train ${tiny} --run "실행 🎛")
expect_contains("${err}" "--resume")

# Stopped and resumed.
headroom(0 train ${tiny} --run parts --max-steps 2 --json)
headroom(0 train --run parts --resume --device cpu --threads 1 --json)
events("${out}")
list(GET lines 0 line)
expect_json("${line}" 2 step)
list(GET lines -1 line)
expect_json("${line}" 3 step)

# Resumed from another working directory, although --data was relative.
file(MAKE_DIRECTORY ${SCRATCH}/elsewhere)
headroom(0 train ${tiny} --run moved --max-steps 1 --json)
file(READ ${SCRATCH}/moved/config.yaml stored)
expect_contains("${stored}" "root: \"${SCRATCH}/songs\"")
execute_process(COMMAND ${PROGRAM} train --run ../moved --resume --device cpu --threads 1
                WORKING_DIRECTORY ${SCRATCH}/elsewhere RESULT_VARIABLE result ERROR_VARIABLE err)
expect_equal("${result}" 0)

# An empty configuration is an error, not one with all defaults.
file(WRITE ${SCRATCH}/moved/config.yaml "")
headroom(2 train --run moved --resume --device cpu)
expect_contains("${err}" "moved/config.yaml: the configuration is empty")

# Errors before anything is written.
headroom(2 train --config ${CMAKE_CURRENT_LIST_DIR}/tiny.yaml --data songs --run bad --device gpu)
expect_contains("${err}" "unknown device 'gpu'")
headroom(2 train ${tiny} --run bad --set model.hiden_dim=16)
expect_contains("${err}" "hidden_dim")
headroom(2 train ${tiny} --run bad --set training.batch_size=0)
headroom(2 train ${tiny} --run bad --set training.learning_rate=1e300)
headroom(2 train ${tiny} --run bad --set data.targets=[guitar])
expect_contains("${err}" "guitar")
headroom(2 train ${tiny} --run bad --set data.validation=[unknown])
expect_contains("${err}" "unknown")
headroom(2 train --config nowhere.yaml --data songs --run bad)
headroom(2 train --config ${CMAKE_CURRENT_LIST_DIR}/tiny.yaml --data nowhere --run bad)
headroom(2 train --run bad --resume)
file(WRITE ${SCRATCH}/broken.yaml "training:\n  batch_size: [\n")
headroom(2 train --config broken.yaml --data songs --run bad)
expect_contains("${err}" "broken.yaml")
expect_missing(bad)
headroom(1 train ${tiny} --run /proc/headroom-run)

# Only --resume resumes a run. The option of older versions does not start a new one.
headroom(2 train ${tiny} --run new --set training.resume_from=parts)
expect_contains("${err}" "--resume")
file(READ ${CMAKE_CURRENT_LIST_DIR}/tiny.yaml tiny_yaml)
string(REPLACE "training:\n" "training:\n  resume_from: parts\n" old_yaml "${tiny_yaml}")
file(WRITE ${SCRATCH}/old.yaml "${old_yaml}")
headroom(2 train --config old.yaml --data songs --device cpu --run new)
expect_contains("${err}" "--resume")
expect_missing(new)
# Run folders of older versions have that key and can be resumed.
headroom(0 train ${tiny} --run old --max-steps 2)
file(READ ${SCRATCH}/old/config.yaml old_config)
string(REPLACE "training:\n" "training:\n  resume_from: \"old\"\n" old_config "${old_config}")
file(WRITE ${SCRATCH}/old/config.yaml "${old_config}")
headroom(0 train --run old --resume --device cpu --threads 1)

# A run whose checkpoints are gone does not restart from the first step.
file(REMOVE_RECURSE ${SCRATCH}/parts/checkpoints)
headroom(2 train --run parts --resume --device cpu --threads 1)
expect_contains("${err}" "step 3")

# Several processes of a launcher that does not tell their places would all train the same run.
foreach(name WORLD_SIZE SLURM_NTASKS OMPI_COMM_WORLD_SIZE PMI_SIZE)
  set(ENV{${name}} 2)
  headroom(2 train ${tiny} --run several)
  expect_contains("${err}" "${name} is 2")
  set(ENV{${name}} 1)
endforeach()
expect_missing(several)
headroom(0 train ${tiny} --run several --max-steps 1)

# Two ranks on this machine, which write one run.
headroom(0 train ${tiny} --run-folder two --ranks=2)
expect_files(two/checkpoints/step-00000003 two/rank-1.log)
expect_missing(two/rank-0.log)
headroom(0 train ${tiny} --run two-json --ranks 2 --json)
events("${out}")
list(GET names 0 first)
list(GET names -1 last)
expect_equal(${first} started)
expect_equal(${last} finished)
headroom(2 train ${tiny} --run none --ranks 4)
expect_contains("${err}" "4 ranks cannot share training.gradient_accumulation_steps, 2, equally")
expect_contains("${err}" "The nearest number that they can share is 4")
set(ENV{WORLD_SIZE} 2)
foreach(name RANK LOCAL_RANK)
  set(ENV{${name}} 0)
endforeach()
set(ENV{MASTER_ADDR} 127.0.0.1)
set(ENV{MASTER_PORT} 29500)
headroom(2 train ${tiny} --run none --ranks 2)
expect_contains("${err}" "a launcher has already started the ranks of this run")
foreach(name WORLD_SIZE RANK LOCAL_RANK MASTER_ADDR MASTER_PORT)
  unset(ENV{${name}})
endforeach()
expect_missing(none)

# The output of a run is only a report: a write error does not stop it.
execute_process(COMMAND ${PROGRAM} train ${tiny} --run unread --max-steps 1 WORKING_DIRECTORY ${SCRATCH}
                OUTPUT_FILE /dev/full ERROR_FILE /dev/full RESULT_VARIABLE result)
expect_equal("${result}" 0)
expect_files(unread/checkpoints/step-00000001)

# Songs of which the stems are sums of tracks.
headroom(0 demo tracks --songs 3 --seconds 4)
foreach(song demo_train_01 demo_train_02)
  set(folder ${SCRATCH}/tracks/train/${song})
  file(MAKE_DIRECTORY ${folder}/drums ${folder}/vocals)
  file(RENAME ${folder}/drums.wav ${folder}/drums/1.wav)
  file(RENAME ${folder}/bass.wav ${folder}/drums/2.wav)
  file(RENAME ${folder}/vocals.wav ${folder}/vocals/1.wav)
  file(REMOVE ${folder}/other.wav)
endforeach()
headroom(0 train --config ${CMAKE_CURRENT_LIST_DIR}/tiny.yaml --data tracks --device cpu --threads 1 --run tracks-run)
expect_files(tracks-run/checkpoints/step-00000003)

# The mixture file, which is not the sum of the stems here, as the input.
set(given --config ${CMAKE_CURRENT_LIST_DIR}/tiny.yaml --data tracks --device cpu --threads 1 --set data.mixture=file)
headroom(2 train ${given} --run given)
expect_contains("${err}" "data.mixture is file, but data.random_mix_probability is not 0")
list(APPEND given --set data.random_mix_probability=0)
headroom(0 train ${given} --run given --max-steps 1)
file(REMOVE ${SCRATCH}/tracks/train/demo_train_01/mixture.wav)
headroom(2 train ${given} --run none)
expect_contains("${err}" "the song has no mixture file, which data.mixture requires")
expect_missing(none)
