// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/train/checkpoint.h"

#include <string>

namespace headroom {

/// The state as a line of JSON. runStateFromJson() restores it bit for bit.
std::string runStateToJson(const ResumeState& state);

/// Throws Error (Input) if the text is not such a state.
ResumeState runStateFromJson(const std::string& text);

} // namespace headroom
