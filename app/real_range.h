// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <CLI/CLI.hpp>

namespace headroom::app {

/// Accepts numbers from min to max. CLI::Range() also accepts "nan", which is outside of every range.
CLI::Validator realRange(double min, double max);

} // namespace headroom::app
