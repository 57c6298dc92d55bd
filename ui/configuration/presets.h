// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"

#include <QString>

#include <vector>

namespace headroom::ui {

/// A configuration that ships with Headroom: a file of configs/.
struct Preset {
    QString file;  ///< "configs/paper.yaml", as an argument of the command line
    QString title; ///< "Original paper", translated
    QString about; ///< leading comment of the file
    RunConfig config;
};

/// All presets, in display order.
std::vector<Preset> presets();

} // namespace headroom::ui
