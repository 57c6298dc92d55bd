// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/support/append_file.h"
#include "core/values/event_json.h"

#include <filesystem>
#include <string>
#include <vector>

namespace headroom {

/// A TensorBoard scalar: one point of the curve `tag`.
struct Scalar {
    std::string tag;
    double value = 0;
};

/// The scalars of an event; most events have none. Tags: loss/train, lr, grad_norm,
/// speed/examples_per_second, vram/allocated_GiB, vram/reserved_GiB, vram/peak_allocated_GiB (GiB of 2^30
/// bytes; on the CPU, host memory), and metric/<name>/<stem> for each metric, such as metric/cSDR/vocals.
std::vector<Scalar> scalarsOf(const TrainingEvent& event);

/// Writes a TensorBoard event file: TFRecord frames (length, CRC-32C, data, CRC-32C) with tensorflow.Event
/// messages. One thread.
class TensorBoardWriter {
public:
    /// Creates a new file events.out.tfevents.*; files of earlier starts stay. Throws Error.
    explicit TensorBoardWriter(const std::filesystem::path& folder, EventTime time = eventTimeNow());

    /// Adds the scalars of an event, and of an audition, whose files it reads, the audio as audition/<stem>
    /// and pictures as spectrogram/<stem>. Started makes TensorBoard drop points of earlier starts after the
    /// step that the run resumes from, and adds the folder's config.yaml as the text `configuration`, and its
    /// options as hparams, by which TensorBoard compares runs; the event that ends a run adds how it ended.
    /// Throws Error, for example if the disk is full.
    void add(const TrainingEvent& event, EventTime time);

    /// Whether the file still exists under its name.
    bool isInPlace() const { return file_.isInPlace(); }

private:
    void addStart(const Started& started, EventTime time);
    void addAudition(const AuditionSaved& saved, EventTime time);

    std::filesystem::path folder_;
    AppendFile file_;
};

} // namespace headroom
