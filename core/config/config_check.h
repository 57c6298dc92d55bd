// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/config_places.h"
#include "core/config/run_config.h"

namespace headroom {

/// Checks the bounds of each option and the constraints between options, so that a configuration built in
/// code is as valid as one read from a file.
/// @param places where the keys were given, for messages
/// @throws Error (Input) that names the keys, their places and what is allowed
void checkConfig(const RunConfig& config, const ConfigPlaces& places = {});

} // namespace headroom
