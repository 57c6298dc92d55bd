#pragma once

#include "core/train/tensorboard.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

/// The messages of tensorflow/core/util/event.proto that we write, and the frames they come in.
namespace headroom {

/// Event{wall_time, file_version}: the first of a file.
std::string versionMessage(EventTime time);

/// Event{wall_time, step, session_log{START}}: what an earlier start said from this step on is void.
std::string startMessage(EventTime time, std::int64_t step);

/// Event{wall_time, step, summary{value{tag, simple_value}...}}.
std::string scalarsMessage(EventTime time, std::int64_t step, std::span<const Scalar> scalars);

/// The message as a TFRecord: length, masked CRC-32C of the length, data, masked CRC-32C of the data.
std::string framed(std::string_view message);

} // namespace headroom
