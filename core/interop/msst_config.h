// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/config_errors.h"
#include "core/config/config_places.h"
#include "core/interop/conversion.h"
#include "core/interop/foreign_document.h"

namespace headroom {

/// Whether this is a configuration of ZFTurbo's Music-Source-Separation-Training (MSST).
bool isMsstConfig(const YAML::Node& root);

/// Converts a configuration of a BSMamba2, BS-RoFormer or Mel-Band RoFormer. Options of the data set's folder
/// and of MSST's command line are not in the file.
/// @param places receives the place of each option
/// @param errors receives the errors of keys and values
/// @throws Error (Input) that names the model if it is another one
Conversion convertMsst(const ForeignDocument& document, ConfigPlaces& places, ConfigErrors& errors);

} // namespace headroom
