// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/config_errors.h"
#include "core/config/config_places.h"
#include "core/interop/conversion.h"
#include "core/interop/foreign_document.h"

namespace headroom {

/// Whether this is the configuration of a training with the published code of BSMamba2's authors:
/// hparams.yaml beside its weights.
bool isHydraConfig(const YAML::Node& root);

/// Converts it; its parameters are those of convertMsst.
Conversion convertHydra(const ForeignDocument& document, ConfigPlaces& places, ConfigErrors& errors);

} // namespace headroom
