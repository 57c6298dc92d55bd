// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/audio_buffer.h"

#include <cstdint>

namespace headroom {

/// The first frame of the part of this length in which the audio has most energy. Parts begin at whole
/// multiples of `hop`.
std::int64_t loudestPart(const AudioBuffer& audio, std::int64_t frames, std::int64_t hop);

} // namespace headroom
