#pragma once

#include "core/train/checkpoint.h"

#include <string>

namespace headroom {

/// The state in one line of JSON; fromJson makes the same state of it, to the last bit.
std::string runStateToJson(const ResumeState& state);

/// Throws Error (Input) for anything else.
ResumeState runStateFromJson(const std::string& text);

} // namespace headroom
