// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/audio_buffer.h"
#include "core/train/spectrogram_picture.h"
#include "core/train/tensorboard.h"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <variant>

/// Serializes the messages of tensorflow/core/util/event.proto that we use, and their TFRecord frames.
namespace headroom {

/// Event{wall_time, file_version}: the first message of a file.
std::string versionMessage(EventTime time);

/// Event{wall_time, step, session_log{START}}: points of earlier files from this step on are void.
std::string startMessage(EventTime time, std::int64_t step);

/// Event{wall_time, step, summary{value{tag, simple_value}...}}.
std::string scalarsMessage(EventTime time, std::int64_t step, std::span<const Scalar> scalars);

/// Event{wall_time, step, summary{value{tag, audio}}}: audio as a WAV file of 16 bits.
std::string audioMessage(EventTime time, std::int64_t step, const std::string& tag, const AudioBuffer& audio,
                         int sampleRate);

/// Event{wall_time, step, summary{value{tag, image}}}.
std::string imageMessage(EventTime time, std::int64_t step, const std::string& tag,
                         const SpectrogramPicture& picture);

/// Event{wall_time, summary{value{tag, tensor, metadata}}}: Markdown, for the plugin "text".
std::string textMessage(EventTime time, const std::string& tag, const std::string& markdown);

/// The values by which runs are compared, for the plugin "hparams".
using RunParameters = std::map<std::string, std::variant<double, bool, std::string>>;
std::string parametersMessage(EventTime time, const RunParameters& parameters);
/// How a run with parameters has ended.
std::string endMessage(EventTime time, bool success);

/// The message as a TFRecord: length, masked CRC-32C of the length, data, masked CRC-32C of the data.
std::string framed(std::string_view message);

} // namespace headroom
