#pragma once

#include "core/support/append_file.h"
#include "core/values/event_json.h"

#include <filesystem>
#include <string>
#include <vector>

namespace headroom {

/// A scalar as TensorBoard shows it: one point of the curve that its tag names.
struct Scalar {
    std::string tag;
    double value = 0;
};

/// What TensorBoard draws of an event; empty for most: loss/train, lr, grad_norm, speed/examples_per_second,
/// vram/allocated_GiB, vram/reserved_GiB, vram/peak_allocated_GiB (GiB of 2^30 bytes; on the CPU the
/// machine's memory), and metric/cSDR/<stem>, metric/uSDR/<stem>, metric/SI-SDR/<stem> in dB.
std::vector<Scalar> scalarsOf(const TrainingEvent& event);

/// Writes a file that TensorBoard reads: TFRecord frames (length, CRC-32C, data, CRC-32C) of tensorflow.Event
/// messages in protocol buffers. One thread.
class TensorBoardWriter {
public:
    /// Makes a file of its own, events.out.tfevents.*, beside those of earlier starts. Throws Error.
    explicit TensorBoardWriter(const std::filesystem::path& folder, EventTime time = eventTimeNow());

    /// Adds what there is to draw of the event. A Started makes TensorBoard forget the points of an earlier
    /// start that lie beyond the step it carries on from. Throws Error, for instance when the disk is full.
    void add(const TrainingEvent& event, EventTime time);

    /// Whether the file is still where it was made.
    bool isInPlace() const { return file_.isInPlace(); }

private:
    AppendFile file_;
};

} // namespace headroom
