// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/export_report.h"

namespace headroom {

/// Writes weights for other programs: fp32, with the names of the published models, for a strict load.
/// @throws Error (Input), with nothing written, if there are no such weights, they are not exactly those of
///         their configuration, the format cannot describe them, or an output exists
/// @throws Error (Failure) if an output cannot be written
ExportReport exportWeights(const ExportRequest& request);

} // namespace headroom
