// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/config_errors.h"
#include "core/config/config_places.h"
#include "core/config/run_config.h"

#include <string>

namespace headroom::app {

/// Reads the file of an option --config, also that of another program, with a notice on standard error. Its
/// parameters and errors are those of openConfig.
RunConfig readConfigOption(const std::string& file, ConfigPlaces* places = nullptr,
                           ConfigErrors* errors = nullptr);

} // namespace headroom::app
